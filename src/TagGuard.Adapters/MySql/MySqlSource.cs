using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using TagGuard.Sources;

namespace TagGuard.Adapters.MySql;

/// <summary>MySQL or MariaDB as a source, over any provider of ADO.NET. Every question has a connection of its own, which reads only, in UTC.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="address">Where the server is.</param>
/// <param name="connect">Opens a connection, in UTC.</param>
sealed class MySqlSource(string name, string address, Func<CancellationToken, Task<DbConnection>> connect) : ICountSource, IRowsSource, IKeyedSource
{
    public string Name => name;

    public async Task<string> ProbeAsync(CancellationToken cancellationToken)
    {
        const string version = "select version()";
        await using var session = await OpenAsync(version, cancellationToken);
        return $"MySQL {await session.ScalarAsync(version, [], cancellationToken)}";
    }

    public async Task<RowsAnswer> RowsAsync(string sql, DateOnly date, CancellationToken cancellationToken)
    {
        var used = new SortedSet<string>(StringComparer.Ordinal);
        var named = UserSql.WithParameters(sql, "@", used);
        var values = used.ToDictionary(parameter => "@" + parameter, parameter => parameter == "date" ? date : date.AddDays(-1));
        var bound = string.Join(", ", values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Key} = {value.Value:yyyy-MM-dd}")));
        await using var session = await OpenAsync(bound.Length > 0 ? $"{sql} -- {bound}" : sql, cancellationToken);
        var reader = await session.ReadAsync(named, values.Select(value => (value.Key, (object?)value.Value)), cancellationToken);
        if (reader.FieldCount == 0)
            throw session.Fault("`sql` must be one SELECT: this gives no rows at all.");
        var (rows, first) = (0L, (object?)null);
        while (await session.NextAsync(reader, cancellationToken))
        {
            if (rows++ == 0)
                first = await session.TryAsync(() => Task.FromResult(FirstOf(reader)), cancellationToken);
        }
        return new RowsAnswer(rows, first, session.Asked);
    }

    public async Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken)
    {
        var from = new MySqlFrom(part);
        var sql = $"select count(*) from {from.Table}{from.Where()}";
        await using var session = await OpenAsync(from.Asked(sql), cancellationToken);
        var rows = await session.NumberAsync(sql, from.Values, cancellationToken);
        if (rows == 0)
            await NeedPartitionAsync(session, from, cancellationToken);
        return new Counted(rows, session.Asked);
    }

    public async Task<Buckets> BucketsAsync(KeyedPart part, int buckets, CancellationToken cancellationToken)
    {
        var from = new MySqlFrom(part.Part);
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
        var from = new MySqlFrom(part.Part);
        await using var session = await OpenAsync($"the columns of {part.Part.Table}", cancellationToken);
        var sql = (await KeysAsync(session, part, from, cancellationToken)).Rows(choice);
        return new KeyedRows(StreamAsync(sql, from, CancellationToken.None), from.Asked(sql));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    Task<MySqlSession> OpenAsync(string asked, CancellationToken cancellationToken) => MySqlSession.OpenAsync(name, address, connect, asked, cancellationToken);

    async IAsyncEnumerable<KeyedRow> StreamAsync(string sql, MySqlFrom from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await OpenAsync(from.Asked(sql), cancellationToken);
        var reader = await session.ReadAsync(sql, from.Values, cancellationToken);
        while (await session.NextAsync(reader, cancellationToken))
            yield return new KeyedRow(reader.IsDBNull(0) ? null : reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<ulong>(1));
    }

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
    static object? FirstOf(DbDataReader reader) => reader.GetValue(0) switch
    {
        DBNull => null,
        DateTime time when reader.GetDataTypeName(0).Equals("timestamp", StringComparison.OrdinalIgnoreCase) => DateTime.SpecifyKind(time, DateTimeKind.Utc),
        DateTime time => DateTime.SpecifyKind(time, DateTimeKind.Unspecified),
        var value => value,
    };

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
