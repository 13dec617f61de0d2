using System.Globalization;
using Apache.Arrow.Types;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sources.Sql.Volume;
using TagGuard.Adapters.SparkConnect.Protocol;
using TagGuard.Sources;

namespace TagGuard.Adapters.SparkConnect;

/// <summary>A Spark for the time of one question.</summary>
/// <remarks>Spark runs whatever it is given, also in place of a query. So only what its own parser takes for a query is
/// run: <see cref="OneQuery"/>.</remarks>
sealed class SparkConnectSession : IVolumeSession
{
    /// <summary>Spark's words, with parameters as it binds them.</summary>
    public static readonly SparkDialect Dialect = new(':');

    readonly SparkLine _line;
    readonly string _session;
    readonly string _version;
    readonly CancellationToken _cancellationToken;

    SparkConnectSession(SparkLine line, string session, string version, CancellationToken cancellationToken) =>
        (_line, _session, _version, _cancellationToken) = (line, session, version, cancellationToken);

    /// <param name="line">The way to the server.</param>
    /// <param name="session">The session there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SparkConnectSession> OpenAsync(SparkLine line, string session, CancellationToken cancellationToken) =>
        new(line, session, await line.ReadyAsync(session, cancellationToken), cancellationToken);

    public VolumeDialect Volumes => Dialect;

    public Task<string> DescribeAsync() => Task.FromResult($"Spark {_version}");

    public ValueTask<TableSql?> FindAsync(TablePart part) => new(TableSql.Of(Dialect, part));

    public async Task<long> NumberAsync(BoundSql sql)
    {
        await foreach (var row in RowsAsync(sql))
            return (long)row[0]!;
        throw new SqlFault("Spark answered with no row where it must give a number. Look at the server's log.") { Asked = sql.Asked };
    }

    public async Task<(long Rows, object? First)> QueryAsync(BoundSql sql, EachRow? each = null)
    {
        var query = await CheckedAsync(sql);
        var (rows, first) = (0L, (object?)null);
        await using var statement = new SparkStatement(_line, _session, query, _cancellationToken);
        while (await statement.NextAsync() is { } batch)
        {
            using (batch)
            {
                if (rows == 0 && batch.Length > 0)
                    first = statement.ValueOf(batch, 0, 0);
                rows += batch.Length;
                for (var row = 0; each is not null && row < batch.Length; row++)
                    each.Of(column => statement.ValueOf(batch, column, row));
            }
        }
        return (rows, first);
    }

    public async Task<TagColumn> ColumnOfAsync(TableSql table, string tags, bool values)
    {
        // Spark gives one batch at least, also of no rows.
        var sql = new BoundSql($"select {Dialect.Field(tags)} from {table.From} where 1 = 0");
        await using var statement = new SparkStatement(_line, _session, await CheckedAsync(sql), _cancellationToken);
        using var batch = await statement.NextAsync();
        var type = batch?.Schema.GetFieldByIndex(0).DataType;
        return (type, values) switch
        {
            (StructType or null, _) => throw TagColumn.Refused(tags),
            (MapType { ValueField.DataType: var value }, true) =>
                new(TagShape.Map, ValueOf(value.TypeId) ?? throw TagColumn.RefusedValues(tags, value.Name)),
            (_, true) => throw TagColumn.NoMap(tags, type.Name),
            (MapType, _) => new(TagShape.Map),
            (ListType, _) => new(TagShape.Array),
            _ => new(TagShape.Pairs),
        };

        static TagValue? ValueOf(ArrowTypeId type) => type switch
        {
            ArrowTypeId.String or ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64 or ArrowTypeId.Date32 =>
                TagValue.Text,
            ArrowTypeId.Boolean => TagValue.Boolean,
            ArrowTypeId.Decimal128 => TagValue.Decimal,
            _ => null,
        };
    }

    public async IAsyncEnumerable<(string Kind, string? Name, long[] Numbers)> VolumesAsync(VolumeSql sql)
    {
        await foreach (var row in RowsAsync(sql.Statement))
            yield return ((string)row[0]!, (string?)row[1], [.. row[2..].Select(number => Convert.ToInt64(number, CultureInfo.InvariantCulture))]);
    }

    /// <summary>The rows of a SELECT of ours, which may hold conditions of the plan's, as they come: see <see cref="ArrowValue"/>.</summary>
    public async IAsyncEnumerable<object?[]> RowsAsync(BoundSql sql)
    {
        await using var statement = new SparkStatement(_line, _session, await CheckedAsync(sql), _cancellationToken);
        while (await statement.NextAsync() is { } batch)
        {
            using (batch)
            {
                for (var row = 0; row < batch.Length; row++)
                {
                    var values = new object?[batch.ColumnCount];
                    for (var column = 0; column < values.Length; column++)
                        values[column] = statement.ValueOf(batch, column, row);
                    yield return values;
                }
            }
        }
    }

    /// <exception cref="SqlFault">It is no query.</exception>
    async Task<BoundSql> CheckedAsync(BoundSql sql)
    {
        var query = OneQuery.Of(sql);
        if (OneQuery.IsDoubtful(query))
            await AnalyzeAsync(OneQuery.AsPart(query));
        return query;
    }

    /// <summary>Has Spark parse and look up a query without running it.</summary>
    async Task AnalyzeAsync(BoundSql sql)
    {
        var request = new AnalyzePlanRequest
        {
            SessionId = _session,
            UserContext = _line.User,
            ClientType = _line.ClientType,
            Schema = new AnalyzePlanRequest.Types.Schema { Plan = SparkStatement.PlanOf(sql) },
        };
        await _line.CallAsync(
            options => _line.Client.AnalyzePlanAsync(request, options), _line.Server.ReadTimeout, "what the query means", _cancellationToken);
    }
}
