using System.Runtime.InteropServices;

namespace TagGuard.Adapters.Files;

/// <summary>What .NET does not tell about a path of this machine: asked of the C library.</summary>
static partial class LocalPath
{
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

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial nint realpath(string path, nint buffer);
    [LibraryImport("libc")] private static partial void free(nint memory);
}
