using System.Globalization;
using System.Text;
using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sources.Sql;

/// <summary>A system that is asked in SQL.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="wire">How it is reached.</param>
class SqlSource<TSession>(string name, ISqlWire<TSession> wire) : ICountSource, IRowsSource, ITableSource
    where TSession : ISqlSession
{
    /// <summary>Columns of a table that are told.</summary>
    const int MostColumns = 40;

    public string Name => name;

    public Task<string> ProbeAsync(CancellationToken cancellationToken) =>
        AskAsync("its version", [], session => session.DescribeAsync(), cancellationToken);

    public string Question(TablePart part) => wire.Planned(part).Count.Asked;

    public Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken) => AskAsync(Question(part), [part], async session =>
    {
        if (await session.FindAsync(part) is not { } table)
            return new Counted(0, WithoutFiles(part));
        var rows = await session.NumberAsync(table.Count);
        if (rows == 0)
            await NeedPartitionAsync(session, table);
        return new Counted(rows, table.Count.Asked);
    }, cancellationToken);

    public string Question(string sql, DateOnly date) => UserSql.Of(wire.Dialect, sql, date).Asked;

    public Task<RowsAnswer> RowsAsync(string sql, DateOnly date, CancellationToken cancellationToken)
    {
        var bound = UserSql.Of(wire.Dialect, sql, date);
        return AskAsync(bound.Asked, wire.TablesIn(bound.Text), async session =>
        {
            var (rows, first) = await session.QueryAsync(bound);
            return new RowsAnswer(rows, first, bound.Asked);
        }, cancellationToken);
    }

    public string Question(TableQuery query) => RowsOf(query, query.Part is { } part ? wire.Planned(part) : null).Asked;

    public Task<TableRows> ReadAsync(TableQuery query, CancellationToken cancellationToken)
    {
        var parts = query.Part is { } part ? [part] : wire.TablesIn(RowsOf(query, null).Text);
        return AskAsync(Question(query), parts, async session =>
        {
            var table = query.Part is { } named ? await session.FindAsync(named) ?? throw new DataAbsentException(WithoutFiles(named)) : null;
            var sql = RowsOf(query, table);
            var rows = new List<IReadOnlyList<string?>>();
            await session.QueryAsync(sql, new EachRow(query.Columns, row =>
            {
                if (rows.Count == query.AtMost)
                    throw new InvalidDataException($"It has more than {query.AtMost} rows: a table of tags has one for each.");
                rows.Add([.. row.Select(TextOf)]);
            }));
            return new TableRows(rows, sql.Asked);
        }, cancellationToken);
    }

    BoundSql RowsOf(TableQuery query, TableSql? table)
    {
        var columns = string.Join(", ", query.Columns.Select(wire.Dialect.Quoted));
        return table?.Select(columns)
            ?? UserSql.Of(wire.Dialect, $"select {columns} from (\n{query.Sql!.TrimEnd().TrimEnd(';')}\n) as asked", query.Date);
    }

    static string? TextOf(object? value) => value switch
    {
        null => null,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    public string Question(RowMatch match) => MatchSql.Of(wire.Dialect, wire.Planned(MatchSql.Table(match)), match).Asked;

    public Task<Counted> MatchAsync(RowMatch match, CancellationToken cancellationToken)
    {
        var part = MatchSql.Table(match);
        return AskAsync(Question(match), [part], async session =>
        {
            if (await session.FindAsync(part) is not { } table)
                return new Counted(0, WithoutFiles(part));
            var sql = MatchSql.Of(wire.Dialect, table, match);
            return new Counted(await session.NumberAsync(sql), sql.Asked);
        }, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return wire.DisposeAsync();
    }

    /// <summary>Asks in a session of its own; every failure becomes a <see cref="SourceException"/>.</summary>
    /// <param name="asked">The question, for messages.</param>
    /// <param name="parts">The parts of tables that it reads; looked at on the session's thread.</param>
    /// <param name="ask">Asks.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <param name="fields">What the plan names of a row and may be SQL.</param>
    protected async Task<T> AskAsync<T>(
        string asked,
        IEnumerable<TablePart> parts,
        Func<TSession, Task<T>> ask,
        CancellationToken cancellationToken,
        IEnumerable<string>? fields = null)
    {
        var tables = parts.ToList();
        try
        {
            return await wire.AskAsync(tables, ask, cancellationToken);
        }
        catch (SqlFault fault) when (fault.IsWrongQuestion)
        {
            var bare = (fields ?? []).Where(SqlField.MayBeSql).Select(field =>
                $" `{field}` was taken for the name of a column: where it is SQL, write it in parentheses, `({field})`.");
            throw FaultOf(fault, asked, await ColumnsOfAsync(tables, cancellationToken) + string.Concat(bare));
        }
        catch (Exception fault) when (fault is SqlFault or InvalidDataException)
        {
            throw FaultOf(fault, asked);
        }
    }

    /// <summary>Which columns there are, as sentences; empty where that cannot be told.</summary>
    async Task<string> ColumnsOfAsync(List<TablePart> parts, CancellationToken cancellationToken)
    {
        var told = "";
        foreach (var part in parts)
        {
            try
            {
                var columns = await wire.AskAsync(
                    [part],
                    async session => await session.FindAsync(part) is { } table ? await session.ColumnsAsync(table) : [],
                    cancellationToken);
                if (columns.Count > 0)
                    told += $" {part.Table} has {string.Join(", ", columns.Take(MostColumns))}{(columns.Count > MostColumns ? ", …" : "")}.";
            }
            catch (Exception fault) when (fault is SqlFault or InvalidDataException)
            {
                // What was wrong with the question is told without them.
            }
        }
        return told;
    }

    /// <param name="fault">What the system said.</param>
    /// <param name="asked">The question, where the fault does not know it.</param>
    /// <param name="columns">Sentences about the columns that there are.</param>
    protected SourceException FaultOf(Exception fault, string asked, string columns = "")
    {
        var told = fault as SqlFault;
        var message = told?.IsWrongQuestion == true ? $"{fault.Message}{columns} {Measurement.Missed.PlanCure}" : fault.Message;
        return new SourceException(name, wire.Address, message, told?.Asked ?? asked, told?.InnerException ?? fault)
        {
            IsAbsent = told?.IsAbsent == true,
            IsTransient = told?.IsTransient == true,
        };
    }

    /// <summary>Rows that the condition leaves out are rows all the same; a partition without any is not there (yet).</summary>
    /// <exception cref="DataAbsentException">It is not there.</exception>
    protected static async Task NeedPartitionAsync(TSession session, TableSql table)
    {
        if (table.Exists is { } exists && await session.NumberAsync(exists) == 0)
            throw new DataAbsentException($"{table.Part.Table} has no rows with {table.Part.Partition} = {table.Part.Value}.");
    }

    protected static string WithoutFiles(TablePart part) => $"{part}: the {(part.Partition is null ? "table" : "partition")} has no files";
}
