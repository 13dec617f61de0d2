using System.Runtime.InteropServices;
using TagGuard.Adapters.Sources.Sql;

namespace TagGuard.Adapters.Command;

/// <summary>Where a program is. .NET would look in the folder where it runs before PATH.</summary>
static partial class Program
{
    const int MayExecute = 1;

    /// <param name="name">A name that is in PATH, or a path.</param>
    /// <param name="folder">The folder that a path is relative to.</param>
    /// <exception cref="SqlFault">It is not there, or no program.</exception>
    public static string Find(string name, string folder)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(name, folder);
            return Is(path) ? path : throw new SqlFault($"{path} is not there, or cannot be executed: check `command` of the connection.");
        }
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Where(Path.IsPathFullyQualified);
        return folders.Select(one => Path.Combine(one, name)).FirstOrDefault(Is)
            ?? throw new SqlFault($"There is no {name} in PATH: write its path in `command` of the connection, or install it.");
    }

    static bool Is(string path) => File.Exists(path) && access(path, MayExecute) == 0;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)] private static partial int access(string path, int mode);
}
