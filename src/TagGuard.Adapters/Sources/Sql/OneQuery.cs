namespace TagGuard.Adapters.Sources.Sql;

/// <summary>SQL that a person wrote, or a part of it, as the one query that it must be: Spark and Hive run whatever they are given.</summary>
/// <remarks>
/// Quotes, comments and `;` as Spark reads them: SqlBaseLexer.g4 of github.com/apache/spark (3.5 and 4.x). A statement that begins with `select`,
/// `values` or `table` is a query; `with` and `from` may lead into an INSERT, so Spark's parser is asked about these where it can be.
/// </remarks>
static class OneQuery
{
    static readonly string[] Starts = ["select", "with", "from", "values", "table"];

    /// <summary>Functions that call any method of Java's.</summary>
    static readonly string[] Refused = ["reflect", "reflect2", "try_reflect", "java_method", "identifier"];

    /// <summary>The query without what is before and behind it.</summary>
    /// <exception cref="SqlFault">It is not one query, or does more than ask; the message is a sentence.</exception>
    public static BoundSql Of(BoundSql sql)
    {
        var text = new QueryText(sql.Text);
        return MistakeOf(text) is { } mistake ? throw new SqlFault(mistake) { Asked = sql.Asked } : sql with { Text = text.Trimmed };
    }

    /// <summary>Why this is not one query; null when it is, as far as can be told without Spark's parser.</summary>
    public static string? MistakeIn(string sql) => MistakeOf(new QueryText(sql));

    /// <summary>Whether only Spark's parser can tell that it is a query.</summary>
    public static bool IsDoubtful(BoundSql query) =>
        new QueryText(query.Text).FirstWord is { } first
        && (string.Equals(first, "with", StringComparison.OrdinalIgnoreCase) || string.Equals(first, "from", StringComparison.OrdinalIgnoreCase));

    /// <summary>The same where the parser takes nothing but a query.</summary>
    public static BoundSql AsPart(BoundSql query) => query with { Text = $"select * from (\n{query.Text}\n) as one_query" };

    /// <summary>The same of a text that is read already.</summary>
    public static string? MistakeOf(QueryText text)
    {
        if (text.Mistake is { } mistake)
            return mistake;
        if (!Starts.Contains(text.FirstWord, StringComparer.OrdinalIgnoreCase))
            return "`sql` must be one SELECT: it begins as another statement does.";
        if (text.Called.FirstOrDefault(called => Refused.Contains(called, StringComparer.OrdinalIgnoreCase)) is { } function)
            return $"SQL of a plan only asks, so it does not call {function}.";
        return text.HasScript ? "SQL of a plan only asks, so it runs no script (`using '…'`)." : null;
    }
}
