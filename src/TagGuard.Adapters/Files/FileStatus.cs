using System.Runtime.InteropServices;

namespace TagGuard.Adapters.Files;

/// <summary>What is at a path.</summary>
enum FileKind
{
    Absent,
    File,
    Folder,

    /// <summary>A symbolic link to what is not there.</summary>
    DanglingLink,

    /// <summary>A pipe, socket or device: opening one may wait for ever.</summary>
    Special,
}

/// <summary>What is at a path, symbolic links followed to their end, told by one call of the system that opens nothing.</summary>
/// <remarks>
/// <see cref="FileInfo"/> takes a link for what it leads to in some ways and for itself in others: a dangling one exists, and has the link's own
/// time. It cannot tell a pipe from a file.
/// </remarks>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">When it was last written.</param>
/// <param name="Identity">The same for the same folder, by whatever path it is reached.</param>
readonly partial record struct FileStatus(FileKind Kind, long Bytes, DateTimeOffset Modified, (uint Major, uint Minor, ulong Number) Identity)
{
    const int FromWorkingFolder = -100, NoFollow = 0x100;
    const uint BasicStats = 0x7ff;
    const int NoEntry = 2, NoPermission = 13, NotAFolder = 20, TooManyLinks = 40;

    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be entered.</exception>
    /// <exception cref="InvalidDataException">Symbolic links lead in a circle.</exception>
    /// <exception cref="IOException">The system failed otherwise.</exception>
    public static FileStatus Of(string path)
    {
        if (statx(FromWorkingFolder, path, 0, BasicStats, out var found) == 0)
            return new FileStatus(KindOf(found.Mode), (long)found.Size, TimeOf(found), (found.DeviceMajor, found.DeviceMinor, found.Inode));
        var error = Marshal.GetLastPInvokeError();
        return error switch
        {
            NoEntry or NotAFolder => default(FileStatus) with
            {
                Kind = statx(FromWorkingFolder, path, NoFollow, BasicStats, out _) == 0 ? FileKind.DanglingLink : FileKind.Absent,
            },
            TooManyLinks => throw new InvalidDataException($"{path} is a symbolic link that leads back to itself."),
            NoPermission => throw new UnauthorizedAccessException(
                $"{path} cannot be looked at: a folder on the way may not be entered by this user."),
            _ => throw new IOException($"{path} cannot be looked at: {Marshal.GetPInvokeErrorMessage(error)}."),
        };
    }

    /// <exception cref="InvalidDataException">It is a pipe, a device or a socket.</exception>
    public static void NeedRegular(string path)
    {
        if (Of(path).Kind == FileKind.Special)
            throw new InvalidDataException(NotRegular(path));
    }

    public static string NotRegular(string path) =>
        $"{path} is not a regular file but a pipe, a device or a socket, whose end may never come: put a file in its place.";

    /// <summary>Where a symbolic link leads, for a sentence.</summary>
    public static string TargetOf(string link) => new FileInfo(link).LinkTarget ?? "another place";

    static FileKind KindOf(ushort mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.File,
        0x4000 => FileKind.Folder,
        _ => FileKind.Special,
    };

    static DateTimeOffset TimeOf(in StatX found)
    {
        var ticks = (Int128)found.ModifiedSeconds * TimeSpan.TicksPerSecond + (found.ModifiedNanoseconds / TimeSpan.NanosecondsPerTick);
        return new DateTimeOffset((long)Int128.Clamp(DateTime.UnixEpoch.Ticks + ticks, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
    }

    /// <summary>struct statx, the same on every processor: man7.org/linux/man-pages/man2/statx.2.html.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct StatX
    {
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(112)] public long ModifiedSeconds;
        [FieldOffset(120)] public uint ModifiedNanoseconds;
        [FieldOffset(136)] public uint DeviceMajor;
        [FieldOffset(140)] public uint DeviceMinor;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, out StatX found);
}
