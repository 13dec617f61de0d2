using System.Runtime.InteropServices;

namespace TagGuard.Adapters.Files;

/// <summary>What .NET does not tell about a path of this machine: asked of the C library.</summary>
static unsafe partial class LocalPath
{
    const int CurrentFolder = -100;
    const uint OnlyType = 1;
    const int ModeOffset = 28;
    const int FileType = 0xF000;
    const int RegularFile = 0x8000;
    const int Folder = 0x4000;

    /// <summary>Where a path leads when every link on the way is followed; the path itself when nothing is there.</summary>
    public static string Real(string path)
    {
        var found = realpath(path, 0);
        try
        {
            return Marshal.PtrToStringUTF8(found) ?? path;
        }
        finally
        {
            free(found);
        }
    }

    /// <summary>Whether what is there is something else than a file or a folder: a pipe, a device, a socket. Reading it may never end.</summary>
    public static bool IsSpecial(string path)
    {
        // struct statx is the same on every machine, unlike struct stat: man7.org/linux/man-pages/man2/statx.2.html.
        var status = stackalloc byte[256];
        if (statx(CurrentFolder, path, 0, OnlyType, status) != 0)
            return false;
        return (*(ushort*)(status + ModeOffset) & FileType) is not (RegularFile or Folder);
    }

    /// <exception cref="InvalidDataException">It is a pipe, a device or a socket.</exception>
    public static void NeedRegular(string path)
    {
        if (IsSpecial(path))
            throw new InvalidDataException($"{path} is not a regular file but a pipe, a device or a socket, whose end may never come: put a file in its place.");
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial nint realpath(string path, nint buffer);
    [LibraryImport("libc")] private static partial void free(nint memory);
    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial int statx(int folder, string path, int flags, uint mask, byte* status);
}
