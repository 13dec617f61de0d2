using System.Globalization;
using System.Text;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary>Statements for servers that speak HiveServer2's protocol, which binds nothing: values are written into them here, and nowhere
/// else.</summary>
/// <remarks>
/// A text in quotes, in which a backslash escapes: cwiki.apache.org/confluence/display/Hive/Literals,
/// spark.apache.org/docs/latest/sql-ref-literals.html. Sessions are told not to fill in variables.
/// </remarks>
static class HiveText
{
    /// <summary>Words of statements that write behind a WITH.</summary>
    static readonly string[] Writing = ["insert", "update", "delete", "merge"];

    /// <summary>The query with the values of its parameters in the places of their names, and without comments.</summary>
    /// <exception cref="InvalidDataException">It is not one query, or does more than ask; the message is a sentence.</exception>
    public static string Of(BoundSql sql)
    {
        var read = new QueryText(sql.Text);
        if (MistakeOf(read) is { } mistake)
            throw new InvalidDataException(mistake);
        var text = new StringBuilder(sql.Text.Length + 32);
        var at = 0;
        foreach (var (part, put) in Replacements(sql, read).OrderBy(one => one.Part.Start.Value))
        {
            text.Append(sql.Text, at, part.Start.Value - at).Append(put);
            at = part.End.Value;
        }
        text.Append(sql.Text, at, sql.Text.Length - at);
        return text.ToString().Trim().TrimEnd(';', ' ', '\n', '\r', '\t');
    }

    /// <summary>Why this is not one query; null when it is.</summary>
    public static string? MistakeIn(string sql) => MistakeOf(new QueryText(sql));

    /// <summary>A value as a literal.</summary>
    public static string Literal(object value) => value switch
    {
        DateOnly date => string.Create(CultureInfo.InvariantCulture, $"cast('{date:yyyy-MM-dd}' as date)"),
        string text => $"'{Escaped(text)}'",
        _ => throw new InvalidOperationException($"{value.GetType()} is not a value of a question."),
    };

    /// <summary>Nobody is asked what follows `with` and `from`, as Spark Connect is, so more is refused.</summary>
    static string? MistakeOf(QueryText text) =>
        OneQuery.MistakeOf(text) is { } mistake ? mistake
        : string.Equals(text.FirstWord, "from", StringComparison.OrdinalIgnoreCase)
            ? "`sql` must be one SELECT, and what begins with `from` may write: begin it with `select`."
        : string.Equals(text.FirstWord, "with", StringComparison.OrdinalIgnoreCase) && Writing.FirstOrDefault(text.Words.Contains) is { } word
            ? $"`sql` must be one SELECT, and behind `with` the word `{word}` writes: if it is a name, write it in backticks."
        : text.HasRawText ? "A text as r'…' is read differently by Hive and Spark: write '…', with a backslash doubled."
        : null;

    static IEnumerable<(Range Part, string Put)> Replacements(BoundSql sql, QueryText read) =>
        read.Comments.Select(comment => (comment, " ")).Concat(read.Parameters
            .Select(name => (Name: name, Value: sql.Parameters.Where(one => one.Name == sql.Text[name]).Select(one => one.Value).FirstOrDefault()))
            .Where(one => one.Value is not null)
            .Select(one => (one.Name, Literal(one.Value!))));

    /// <summary>A dollar would begin a variable of the session's.</summary>
    static string Escaped(string text) => text
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("'", @"\'", StringComparison.Ordinal)
        .Replace("\0", @"\0", StringComparison.Ordinal)
        .Replace("$", @"\u0024", StringComparison.Ordinal);
}
