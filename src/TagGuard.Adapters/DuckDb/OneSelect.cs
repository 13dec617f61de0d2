using System.Text;
using System.Text.Json;

namespace TagGuard.Adapters.DuckDb;

/// <summary>Looks at SQL of a plan with DuckDB's own parser before anything of it is looked up:
/// making ready to export a database makes its folder already.</summary>
static class OneSelect
{
    public const string Wanted = "SQL of a plan must be one SELECT and nothing else.";

    /// <summary>Functions that change the session (a log to a file where none may be ends
    /// the process), and those that run SQL out of a text.</summary>
    static readonly string[] Refused =
    [
        "enable_",
        "disable_",
        "checkpoint",
        "force_checkpoint",
        "truncate_duckdb_logs",
        "query",
        "query_table",
        "json_execute_serialized_sql",
    ];

    /// <exception cref="DuckDbException">It is not SQL, is not one SELECT, or calls a function that does more than ask.</exception>
    public static void Need(DuckDbDatabase database, string sql)
    {
        // A NUL ends the text for DuckDB: what is behind it would not be looked at.
        if (sql.Contains('\0', StringComparison.Ordinal))
            throw new DuckDbException(Wanted, sql);
        using var parsed = JsonDocument.Parse(Parsed(database, sql));
        if (parsed.RootElement.GetProperty("error").GetBoolean())
        {
            var message = parsed.RootElement.GetProperty("error_message").GetString();
            throw new DuckDbException(
                parsed.RootElement.GetProperty("error_type").GetString() == "parser" ? $"Parser Error: {message}" : Wanted,
                sql);
        }
        if (parsed.RootElement.GetProperty("statements").GetArrayLength() != 1)
            throw new DuckDbException(Wanted, sql);
        if (Functions(parsed.RootElement).FirstOrDefault(IsRefused) is { } function)
            throw new DuckDbException($"SQL of a plan only asks, so it does not call {function}.", sql);
    }

    static byte[] Parsed(DuckDbDatabase database, string sql)
    {
        using var statement = database.Prepare("select json_serialize_sql($sql::varchar)");
        statement.TryBind("sql", sql);
        using var result = statement.Execute(CancellationToken.None);
        using var chunk = result.Next()!;
        return Encoding.UTF8.GetBytes(chunk.Column(0).String(0));
    }

    static IEnumerable<string> Functions(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(property =>
                    property is { Name: "function_name", Value.ValueKind: JsonValueKind.String }
                        ? [property.Value.GetString()!]
                        : Functions(property.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Functions),
            _ => [],
        };

    static bool IsRefused(string function) =>
        Refused.Any(refused =>
            refused.EndsWith('_')
                ? function.StartsWith(refused, StringComparison.OrdinalIgnoreCase)
                : function.Equals(refused, StringComparison.OrdinalIgnoreCase));
}
