using System.Runtime.InteropServices;

namespace TagGuard.Jobs;

/// <summary>Who may open what the program makes: reports, the store, differences, exports and the demo hold users' ids.</summary>
static partial class FileRights
{
    /// <summary>Write for the group, everything for others.</summary>
    const uint Denied = 0b000_010_111;

    /// <summary>New files are 0640 and new folders 0750 at most, whatever library makes them; a stricter umask stays.</summary>
    public static void Limit()
    {
        var before = umask(Denied);
        _ = umask(before | Denied);
    }

    [LibraryImport("libc")] private static partial uint umask(uint denied);
}
