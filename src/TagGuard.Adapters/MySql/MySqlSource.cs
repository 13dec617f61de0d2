using System.Globalization;
using System.Runtime.CompilerServices;
using MySqlConnector;
using TagGuard.Sources;

namespace TagGuard.Adapters.MySql;

/// <summary>MySQL or MariaDB as a source. Every question has a connection of its own, which reads only, in UTC.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="server">Where the server is, for messages.</param>
/// <param name="connect">Opens a connection, in UTC.</param>
sealed class MySqlSource(string name, MySqlServer server, Func<CancellationToken, Task<MySqlConnection>> connect) : ICountSource, IRowsSource, IKeyedSource
{
    public string Name => name;

    public async Task<string> ProbeAsync(CancellationToken cancellationToken)
    {
        const string version = "select version()";
        await using var session = await OpenAsync(version, cancellationToken);
        return $"MySQL {await session.ScalarAsync(version, [], cancellationToken)}";
    }

    public string Question(string sql, DateOnly date) => sql + UserSql.Told(sql, date);

    public string Question(TablePart part) => MySqlFrom.Of(part).Asked(MySqlFrom.Of(part).Count);

    public string Question(RowMatch match) => MatchQuery(match) + MatchSql.Told(match, "@");

    public string Question(KeyedPart part, int buckets)
    {
        var from = MySqlFrom.Of(part.Part);
        return from.Asked(new MySqlKeys(part, from, [.. part.Columns.Prepend(part.Key).Select(MySqlColumn.TakenForText)]).Buckets(buckets));
    }

    public async Task<Counted> MatchAsync(RowMatch match, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(Question(match), cancellationToken);
        var values = MatchSql.Parameters(match).Select(parameter => ("@" + parameter.Name, (object?)parameter.Value));
        return new Counted(await session.NumberAsync(MatchQuery(match), values, cancellationToken), session.Asked);
    }

    public async Task<RowsAnswer> RowsAsync(string sql, DateOnly date, CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(Question(sql, date), cancellationToken);
        var reader = await session.QueryAsync(sql, [("@date", date), ("@yesterday", date.AddDays(-1))], cancellationToken);
        if (reader.FieldCount == 0)
            throw session.Fault("`sql` must be one SELECT: this gives no rows at all.");
        var (rows, first) = (0L, (object?)null);
        while (await session.NextAsync(reader, cancellationToken))
        {
            if (rows++ == 0)
                first = await session.TryAsync(() => Task.FromResult(FirstOf(session, reader)), cancellationToken);
        }
        return new RowsAnswer(rows, first, session.Asked);
    }

    public async Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken)
    {
        var from = MySqlFrom.Of(part);
        await using var session = await OpenAsync(Question(part), cancellationToken);
        var rows = await session.NumberAsync(from.Count, from.Values, cancellationToken);
        if (rows == 0)
            await NeedPartitionAsync(session, from, cancellationToken);
        return new Counted(rows, session.Asked);
    }

    public async Task<Buckets> BucketsAsync(KeyedPart part, int buckets, CancellationToken cancellationToken)
    {
        var from = MySqlFrom.Of(part.Part);
        await using var session = await OpenAsync($"the columns of {part.Part.Table}", cancellationToken);
        var sql = (await KeysAsync(session, part, from, cancellationToken)).Buckets(buckets);
        session.Asked = from.Asked(sql);
        var all = new Bucket[buckets];
        await using (var reader = await session.ReadAsync(sql, from.Values, cancellationToken))
        {
            while (await session.NextAsync(reader, cancellationToken))
                all[Convert.ToInt32(reader.GetValue(0), CultureInfo.InvariantCulture)] = new Bucket(reader.GetInt64(1), UInt128.Parse(reader.GetString(2), CultureInfo.InvariantCulture));
        }
        if (all.All(bucket => bucket.Rows == 0))
            await NeedPartitionAsync(session, from, cancellationToken);
        return new Buckets(all, session.Asked);
    }

    public async Task<KeyedRows> RowsAsync(KeyedPart part, BucketChoice choice, CancellationToken cancellationToken)
    {
        var from = MySqlFrom.Of(part.Part);
        await using var session = await OpenAsync($"the columns of {part.Part.Table}", cancellationToken);
        var sql = (await KeysAsync(session, part, from, cancellationToken)).Rows(choice);
        return new KeyedRows(StreamAsync(sql, from, CancellationToken.None), from.Asked(sql));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    Task<MySqlSession> OpenAsync(string asked, CancellationToken cancellationToken) => MySqlSession.OpenAsync(name, server, connect, asked, cancellationToken);

    async IAsyncEnumerable<KeyedRow> StreamAsync(string sql, MySqlFrom from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(from.Asked(sql), cancellationToken);
        var reader = await session.ReadAsync(sql, from.Values, cancellationToken);
        while (await session.NextAsync(reader, cancellationToken))
            yield return new KeyedRow(reader.IsDBNull(0) ? null : reader.GetFieldValue<byte[]>(0), reader.GetUInt64(1));
    }

    static string MatchQuery(RowMatch match) => $"select count(*) from {MySqlName.Table(match.Table)} where {MatchSql.Condition(match, MySqlName.Column, "@")}";

    static async Task<MySqlKeys> KeysAsync(MySqlSession session, KeyedPart part, MySqlFrom from, CancellationToken cancellationToken)
    {
        try
        {
            return new MySqlKeys(part, from, await session.ColumnsAsync(part.Part.Table, cancellationToken));
        }
        catch (InvalidDataException fault)
        {
            throw session.Fault(fault.Message, fault);
        }
    }

    /// <summary>A time of a `timestamp` is an instant, and the session is in UTC; one of a `datetime` is a clock time of wherever it was written.</summary>
    static object? FirstOf(MySqlSession session, MySqlDataReader reader)
    {
        if (reader.IsDBNull(0))
            return null;
        var type = reader.GetDataTypeName(0);
        // A decimal of MySQL has up to 65 digits, one of .NET 28.
        return type == "DECIMAL" ? reader.GetMySqlDecimal(0).ToString() : reader.GetValue(0) switch
        {
            MySqlDateTime { IsValidDateTime: false } none => throw session.Fault(
                $"The first column, {reader.GetName(0)}, holds {none.Year:0000}-{none.Month:00}-{none.Day:00}, which is no date of the calendar: "
                + $"select nullif({reader.GetName(0)}, 0) to read it as NULL, or mend the rows."),
            MySqlDateTime time => DateTime.SpecifyKind(time.GetDateTime(), type == "TIMESTAMP" ? DateTimeKind.Utc : DateTimeKind.Unspecified),
            var value => value,
        };
    }

    /// <summary>Rows that the condition leaves out are rows all the same; a partition without any is not there (yet).</summary>
    static async Task NeedPartitionAsync(MySqlSession session, MySqlFrom from, CancellationToken cancellationToken)
    {
        if (from.Partition is null)
            return;
        var sql = $"select exists (select 1 from {from.Table} where {from.Partition})";
        session.Asked = from.Asked(sql);
        if (await session.NumberAsync(sql, from.Values, cancellationToken) == 0)
            throw session.Fault($"{from.Part.Table} has no rows with {from.Part.Partition} = {from.Part.Value}.", isAbsent: true);
    }
}
