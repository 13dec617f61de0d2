using System.Text;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary>SQL that a person wrote into the plan.</summary>
static class UserSql
{
    static readonly string[] Names = ["date", "yesterday"];

    /// <summary>The question in a dialect. Both dates are bound: only the system knows for sure which of them its SQL names.</summary>
    public static BoundSql Of(SqlDialect dialect, string sql, DateOnly date)
    {
        var marked = WithParameters(sql, '\0', dialect.HasEscapes);
        SqlParameter[] dates = [dialect.Parameter(Names[0], date), dialect.Parameter(Names[1], date.AddDays(-1))];
        return new BoundSql(WithParameters(sql, dialect.Mark, dialect.HasEscapes), dates)
        {
            Named = [.. dates.Where(one => marked.Contains('\0' + one.Name[1..], StringComparison.Ordinal))],
        };
    }

    /// <summary>Writes the parameters @date and @yesterday with the mark of a system's own; text in quotes and comments stays as it is.</summary>
    public static string WithParameters(string sql, char mark, bool hasEscapes = false)
    {
        var result = new StringBuilder(sql.Length);
        for (var i = 0; i < sql.Length; i++)
        {
            var end = EndOfQuoted(sql, i, hasEscapes);
            if (end > i)
            {
                result.Append(sql, i, end - i);
                i = end - 1;
            }
            else if (sql[i] == '@' && ParameterAt(sql, i + 1) is { } name)
            {
                result.Append(mark).Append(name);
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
    static int EndOfQuoted(string sql, int start, bool hasEscapes)
    {
        if (sql[start] is '\'' or '"' or '`')
        {
            for (var i = start + 1; i < sql.Length; i++)
            {
                if (sql[i] == '\\' && hasEscapes && sql[start] != '`')
                    i++;
                else if (sql[i] == sql[start])
                    return i + 1;
            }
            return sql.Length;
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
