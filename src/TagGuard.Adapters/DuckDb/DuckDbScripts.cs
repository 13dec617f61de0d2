using TagGuard.Keys;

namespace TagGuard.Adapters.DuckDb;

/// <summary>Runs SQL script files one after the other in one session of the embedded
/// DuckDB, so that temporary tables of one serve the next.</summary>
/// <param name="memoryLimit">Most memory, such as 2GB; above it, queries spill to disk.</param>
public sealed class DuckDbScripts(string memoryLimit) : IDisposable
{
    readonly DuckDbDatabase _database = new(null, new Dictionary<string, string> { ["memory_limit"] = memoryLimit });

    /// <summary>Runs all statements of a file. `{name}` stands for a value, `{date:…}` for the date.</summary>
    /// <param name="file">The script.</param>
    /// <param name="values">Values by name; they are paths and dates of the program's own, not user input.</param>
    /// <param name="date">The date for date patterns.</param>
    /// <param name="cancellationToken">Interrupts the statement under way.</param>
    /// <exception cref="InvalidOperationException">A statement failed, and those behind it were not run; names the file.</exception>
    public void Run(string file, IReadOnlyDictionary<string, string> values, DateOnly date, CancellationToken cancellationToken)
    {
        var text = File.ReadAllText(file);
        foreach (var (name, value) in values)
            text = text.Replace($"{{{name}}}", value.Replace("'", "''"), StringComparison.Ordinal);
        try
        {
            _database.ExecuteAll(new DatePattern(text).For(date), cancellationToken);
        }
        catch (DuckDbException fault)
        {
            throw new InvalidOperationException($"{file}: {fault.Message}", fault);
        }
    }

    /// <summary>Runs one statement of the program's own.</summary>
    /// <exception cref="DuckDbException">It failed.</exception>
    public void Execute(string sql, CancellationToken cancellationToken) => _database.Execute(sql, cancellationToken);

    /// <summary>The rows of a query of the program's own, as they are read: null, bool, long, double, text, <see cref="DateTime"/>.</summary>
    /// <exception cref="DuckDbException">It failed.</exception>
    public IEnumerable<IReadOnlyList<object?>> Rows(string sql, CancellationToken cancellationToken)
    {
        using var statement = _database.Prepare(sql);
        using var result = statement.Execute(cancellationToken);
        while (result.Next() is { } chunk)
        {
            using (chunk)
            {
                for (var row = 0; row < chunk.Rows; row++)
                    yield return [.. result.Columns.Select((type, column) => chunk.Column(column).Value(type, row))];
            }
        }
    }

    public void Dispose() => _database.Dispose();
}
