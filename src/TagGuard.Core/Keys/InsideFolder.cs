using System.Text;

namespace TagGuard.Keys;

/// <summary>Names and paths of a plan that stay in the folder they are given for: a connection's, or the plan's own.</summary>
/// <remarks>
/// May lead anywhere, because they say where a system is: `path`, `ca`, `socket` and the like of connections, `${file:…}`, a calendar's `files`, and
/// files named on the command line.
/// </remarks>
public static class InsideFolder
{
    const int LongestFileName = 200;

    /// <summary>A date whose parts all differ, to see what a pattern makes of one: its format may hold dots and slashes.</summary>
    static readonly DateOnly AnyDate = new(2026, 3, 4);

    /// <summary>Why a path leaves its folder, or null.</summary>
    /// <param name="path">The path, with places for the date.</param>
    /// <param name="startsAtFolder">Whether a slash in front stands for the folder itself, as in a connection's paths.</param>
    public static string? MistakeIn(string path, bool startsAtFolder)
    {
        var made = new DatePattern(path).For(AnyDate);
        if (made.Split('/', '\\').Contains(".."))
            return $"\"{path}\" leaves its folder by `..`: write where it is below the folder, or give the connection another `path`.";
        return !startsAtFolder && made.StartsWith('/') ? $"\"{path}\" begins with a slash, and must lie in its folder: write it without." : null;
    }

    /// <summary>A name as part of a file's name.</summary>
    public static string FileName(string name)
    {
        var safe = name.Replace('/', '_').Replace('\\', '_');
        while (Encoding.UTF8.GetByteCount(safe) > LongestFileName)
            safe = safe[..^(safe.Length > 1 && char.IsLowSurrogate(safe[^1]) ? 2 : 1)];
        return safe;
    }
}
