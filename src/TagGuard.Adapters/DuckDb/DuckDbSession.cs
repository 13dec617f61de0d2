using System.Globalization;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>DuckDB for the time of one question: its calls block, so it is asked on a thread of the pool.</summary>
/// <param name="wire">How it is reached.</param>
/// <param name="database">The database that may read what is asked about.</param>
/// <param name="cancellationToken">Interrupts the question.</param>
sealed class DuckDbSession(DuckDbWire wire, DuckDbDatabase database, CancellationToken cancellationToken) : IKeyedSession
{
    public DuckDbDatabase Database => database;

    public Task<string> DescribeAsync() => Task.FromResult($"DuckDB {wire.Describe(Value(new BoundSql("select version()")))}");

    public ValueTask<TableSql?> FindAsync(TablePart part) => new(wire.Find(part));

    public Task<IReadOnlyList<string>> ColumnsAsync(TableSql table)
    {
        var columns = new List<string>();
        using var statement = Prepare(new BoundSql($"select column_name from (describe select * from {table.From})"));
        using var result = statement.Execute(cancellationToken);
        while (result.Next() is { } chunk)
        {
            using (chunk)
            {
                for (var row = 0; row < chunk.Rows; row++)
                    columns.Add(chunk.Column(0).String(row));
            }
        }
        return Task.FromResult<IReadOnlyList<string>>(columns);
    }

    public Task<long> NumberAsync(BoundSql sql) => Task.FromResult(Convert.ToInt64(Value(sql), CultureInfo.InvariantCulture));

    public Task<(long Rows, object? First)> QueryAsync(BoundSql sql, EachRow? each = null)
    {
        foreach (var view in wire.ViewsFor(sql.Text))
            database.Execute(view, cancellationToken);
        var (rows, first) = (0L, (object?)null);
        using var statement = Prepare(sql);
        using var result = statement.Execute(cancellationToken);
        while (result.Next() is { } chunk)
        {
            using (chunk)
            {
                if (rows == 0 && chunk.Rows > 0)
                    first = chunk.Column(0).Value(result.Columns[0], 0);
                rows += chunk.Rows;
                for (var row = 0; each is not null && row < chunk.Rows; row++)
                    each.Of(column => chunk.Column(column).Value(result.Columns[column], row));
            }
        }
        return Task.FromResult((rows, first));
    }

    public Task<IReadOnlyList<FieldText>> TextsAsync(TableSql table, IReadOnlyList<string> columns)
    {
        if (columns.Count == 0)
            return Task.FromResult<IReadOnlyList<FieldText>>([]);
        using var statement = Prepare(table.Select(string.Join(", ", columns.Select(DuckDbDialect.Column)), " limit 0"));
        using var result = statement.Execute(cancellationToken);
        return Task.FromResult<IReadOnlyList<FieldText>>([.. columns.Zip(result.Columns, (column, type) =>
            new FieldText(DuckDbDialect.TextOf(column, type) ?? throw FieldText.Refused(column, type.ToString()), IsNullable: true))]);
    }

    public Task ReadAsync(BoundSql sql, Bucket[] into)
    {
        using var statement = Prepare(sql);
        using var result = statement.Execute(cancellationToken);
        while (result.Next() is { } chunk)
        {
            using (chunk)
                Add(chunk, into);
        }
        return Task.CompletedTask;
    }

    static unsafe void Add(DuckDbChunk chunk, Bucket[] into)
    {
        var buckets = chunk.Column(0).Values<ulong>();
        var rows = chunk.Column(1).Values<long>();
        for (var i = 0; i < chunk.Rows; i++)
            into[buckets[i]] = new Bucket(rows[i], UInt128.Parse(chunk.Column(2).String(i), CultureInfo.InvariantCulture));
    }

    DuckDbStatement Prepare(BoundSql sql) => database.PrepareSelect(sql);

    object? Value(BoundSql sql)
    {
        using var statement = Prepare(sql);
        using var result = statement.Execute(cancellationToken);
        using var chunk = result.Next()!;
        return chunk.Column(0).Value(result.Columns[0], 0);
    }
}
