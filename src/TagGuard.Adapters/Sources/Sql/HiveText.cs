using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary>Statements of HiveQL and Spark SQL as text: these systems bind nothing, so that values are written into the statement here, and nowhere
/// else.</summary>
/// <remarks>
/// Quotes as both read them: '…' and "…" are texts in which a backslash escapes, `…` is a name in which a doubled one stands for itself, `--`
/// begins a comment. (cwiki.apache.org/confluence/display/Hive/Literals, spark.apache.org/docs/latest/sql-ref-literals.html)
/// </remarks>
static partial class HiveText
{
    /// <summary>The statement with the values of its parameters in the places of their names.</summary>
    /// <exception cref="InvalidDataException">It is not one statement; the message is a sentence.</exception>
    public static string Of(BoundSql sql)
    {
        var text = new StringBuilder(sql.Text.Length + 32);
        foreach (var (part, isPlain) in Parts(sql.Text))
            text.Append(isPlain ? Parameter().Replace(part, name => Value(sql, name.Value)) : part);
        return text.ToString().Trim();
    }

    /// <summary>The same of a query: one that begins as those do that only read, and has no word of those that do not.</summary>
    /// <exception cref="InvalidDataException">It is not one statement, or not a query.</exception>
    public static string OfQuery(BoundSql sql) => MistakeIn(sql.Text) is { } mistake ? throw new InvalidDataException(mistake) : Of(sql);

    /// <summary>Why this is not the one statement of a query; null when it is.</summary>
    public static string? MistakeIn(string sql)
    {
        try
        {
            var plain = string.Concat(Parts(sql).Select(part => part.IsPlain ? part.Text : " '' "));
            return !Reading().IsMatch(plain) ? "`sql` must be one SELECT: it begins as another statement does."
                : Writing().Match(plain) is { Success: true } word
                    ? $"`sql` must be one SELECT, which only reads: `{word.Value}` does more. If it is a name, write it in backticks."
                : null;
        }
        catch (InvalidDataException mistake)
        {
            return mistake.Message;
        }
    }

    /// <summary>A value as a literal.</summary>
    public static string Literal(object value) => value switch
    {
        DateOnly date => string.Create(CultureInfo.InvariantCulture, $"cast('{date:yyyy-MM-dd}' as date)"),
        string text => $"'{Escaped(text)}'",
        _ => throw new InvalidOperationException($"{value.GetType()} is not a value of a question."),
    };

    /// <summary>A dollar would begin a variable of the session's.</summary>
    static string Escaped(string text) => text
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("'", @"\'", StringComparison.Ordinal)
        .Replace("\0", @"\0", StringComparison.Ordinal)
        .Replace("$", @"\u0024", StringComparison.Ordinal);

    static string Value(BoundSql sql, string name) =>
        sql.Parameters.Where(one => one.Name == name).Select(one => Literal(one.Value)).FirstOrDefault() ?? name;

    /// <summary>What is quoted, and what is plain; comments are left out, and so is one `;` at the end.</summary>
    static List<(string Text, bool IsPlain)> Parts(string sql)
    {
        var parts = new List<(string, bool)>();
        var plain = new StringBuilder();
        for (var at = 0; at < sql.Length;)
        {
            var end = sql.AsSpan(at) switch
            {
                ['\'' or '"' or '`', ..] => EndOfQuoted(sql, at),
                ['-', '-', ..] => sql.IndexOf('\n', at) is >= 0 and var line ? line : sql.Length,
                ['/', '*', ..] => EndOfComment(sql, at),
                [';', ..] => sql[(at + 1)..].Trim().Length == 0 ? sql.Length
                    : throw new InvalidDataException("Only one statement is run, and behind the `;` there is another: keep the SELECT."),
                ['$', '{', ..] => throw new InvalidDataException("A variable of the session (${…}) is not filled in: write its value."),
                _ => at,
            };
            if (end == at)
            {
                plain.Append(sql[at++]);
                continue;
            }
            parts.Add((plain.Append(' ', sql[at] is '-' or ';' or '/' ? 1 : 0).ToString(), true));
            plain.Clear();
            if (sql[at] is '\'' or '"' or '`')
                parts.Add((sql[at..end], false));
            at = end;
        }
        parts.Add((plain.ToString(), true));
        return parts;
    }

    /// <summary>Spark nests comments and Hive does not; and what begins with a plus is a hint, which is obeyed.</summary>
    static int EndOfComment(string sql, int start)
    {
        var end = sql.IndexOf("*/", start + 2, StringComparison.Ordinal);
        return end < 0 || sql[start + 2] == '+' || sql.IndexOf("/*", start + 2, end - start - 2, StringComparison.Ordinal) >= 0
            ? throw new InvalidDataException("A comment in /* */ is a hint, holds another or does not end: take it out, or use `--`.")
            : end + 2;
    }

    static int EndOfQuoted(string sql, int start)
    {
        for (var at = start + 1; at < sql.Length; at++)
        {
            if (sql[at] == '\\' && sql[start] != '`')
                at++;
            else if (sql[at] == sql[start])
                return at + 1;
        }
        throw new InvalidDataException($"A {sql[start]} opens a quote that does not end: close it.");
    }

    [GeneratedRegex("@[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^[\s(]*(select|with)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Reading();

    /// <summary>A statement may begin WITH … and then INSERT; rows may be sent through a script, functions may call methods of the server.</summary>
    [GeneratedRegex(
        @"\b(insert|overwrite|create|drop|alter|truncate|load|merge|update|delete|grant|revoke|set|transform|reduce|reflect2?|java_method|add|msck"
            + @"|cache|analyze|export|import)\b(?=\s*[^\s,.)=<>+*/-]|\s*\()",
        RegexOptions.IgnoreCase)]
    private static partial Regex Writing();
}
