using System.Text;

namespace TagGuard.Adapters;

/// <summary>SQL that a person wrote into the plan.</summary>
static class UserSql
{
    static readonly string[] Names = ["date", "yesterday"];

    /// <summary>Writes the parameters @date and @yesterday with the mark of a database's own; text in quotes and comments stays as it is.</summary>
    /// <param name="sql">The SQL.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="used">Takes the names that it has, without a mark.</param>
    public static string WithParameters(string sql, string mark, ISet<string>? used = null)
    {
        var result = new StringBuilder(sql.Length);
        for (var i = 0; i < sql.Length; i++)
        {
            var end = EndOfQuoted(sql, i);
            if (end > i)
            {
                result.Append(sql, i, end - i);
                i = end - 1;
            }
            else if (sql[i] == '@' && ParameterAt(sql, i + 1) is { } name)
            {
                result.Append(mark).Append(name);
                used?.Add(name);
                i += name.Length;
            }
            else
            {
                result.Append(sql[i]);
            }
        }
        return result.ToString();
    }

    static string? ParameterAt(string sql, int at) => Names.FirstOrDefault(name =>
        string.CompareOrdinal(sql, at, name, 0, name.Length) == 0
        && (at + name.Length == sql.Length || !(char.IsAsciiLetterOrDigit(sql[at + name.Length]) || sql[at + name.Length] == '_')));

    /// <summary>Where quoted text or a comment that starts here ends; the same place when none starts.</summary>
    static int EndOfQuoted(string sql, int start)
    {
        if (sql[start] is '\'' or '"' or '`')
        {
            var close = sql.IndexOf(sql[start], start + 1);
            return close < 0 ? sql.Length : close + 1;
        }
        var (open, shut) = sql.AsSpan(start) switch
        {
            ['-', '-', ..] => (2, "\n"),
            ['/', '*', ..] => (2, "*/"),
            _ => (0, ""),
        };
        if (open == 0)
            return start;
        var stop = sql.IndexOf(shut, start + open, StringComparison.Ordinal);
        return stop < 0 ? sql.Length : stop + shut.Length;
    }
}
