using System.Globalization;
using System.Text;
using TagGuard.Adapters.Hive.Wire;
using TagGuard.Adapters.Sources;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sources.Sql.Volume;
using TagGuard.Sources;

namespace TagGuard.Adapters.Hive;

/// <summary>A session for one question. Statements run on the server beside the line, which is asked how far they are.</summary>
/// <remarks>Who gives up a question cancels its statement on the server, over a line of its own, for on this one an answer may be
/// outstanding.</remarks>
sealed class HiveSession : IVolumeSession, IKeyedSession, IAsyncDisposable
{
    const int RowsOfPage = 10_000, LinesOfPage = 1000;
    const int Name = 17, Version = 18;

    /// <summary>For leaving: an operator's cancel must not wait for a server that does not answer.</summary>
    static readonly TimeSpan Leaving = TimeSpan.FromSeconds(1.5);

    /// <summary>How long a server may say nothing: it answers every few seconds while a statement runs, but Hive compiles before it answers at
    /// all.</summary>
    static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>Texts mean the same on every server, and nothing in them is filled in.</summary>
    static readonly Dictionary<string, string> Always = new()
    {
        ["set:hiveconf:hive.variable.substitute"] = "false",
        ["set:hiveconf:spark.sql.variable.substitute"] = "false",
        ["set:hiveconf:spark.sql.parser.escapedStringLiterals"] = "false",
    };

    readonly HiveConnectionPlan _plan;
    readonly HiveLine _line;
    readonly TimeProvider _clock;
    readonly CancellationToken _cancellationToken;
    HiveClient? _client;
    ThriftStruct? _session;
    ThriftStruct? _operation;
    string? _asked;
    HostPort _server;
    bool _keepsNoLog;

    HiveSession(HiveConnectionPlan plan, HiveLine line, TimeProvider clock, CancellationToken cancellationToken) =>
        (_plan, _line, _clock, _cancellationToken) = (plan, line, clock, cancellationToken);

    /// <summary>Whether the engine behind the server is Spark.</summary>
    bool IsSpark { get; set; }

    public VolumeDialect Volumes => IsSpark ? new SparkDialect(HiveDialect.Instance.Mark) : HiveDialect.Instance;

    public static async Task<HiveSession> OpenAsync(HiveConnectionPlan plan, HiveLine line, TimeProvider clock, CancellationToken cancellationToken)
    {
        var session = new HiveSession(plan, line, clock, cancellationToken);
        try
        {
            await session.TryAsync(session.OpenAsync);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    async Task<bool> OpenAsync()
    {
        var settings = new Dictionary<string, string>(Always) { ["use:database"] = _plan.Database };
        foreach (var (key, value) in _plan.Settings)
            settings["set:hiveconf:" + key] = value;
        (_client, _server, _session) = await _line.OpenAsync(
            client => CallAsync(token => client.OpenSessionAsync(_plan.User, _line.Password, settings, token)), _cancellationToken);
        IsSpark = (await InfoAsync(Name)).Contains("spark", StringComparison.OrdinalIgnoreCase);
        return true;
    }

    public Task<string> DescribeAsync() => TryAsync(async () => $"{await InfoAsync(Name)} {await InfoAsync(Version)}");

    public ValueTask<TableSql?> FindAsync(TablePart part) => new(TableSql.Of(HiveDialect.Instance, part));

    public async Task<long> NumberAsync(BoundSql sql)
    {
        await foreach (var page in PagesAsync(sql))
            return page[0].Number(0);
        throw HiveFault.Of(new InvalidDataException("The server gave no row where a number was asked for."), _asked);
    }

    public async Task<(long Rows, object? First)> QueryAsync(BoundSql sql, EachRow? each = null)
    {
        var (rows, first) = (0L, (object?)null);
        await foreach (var page in PagesAsync(sql))
        {
            if (rows == 0 && page[0].Rows > 0)
            {
                var type = (await TryAsync(() => CallAsync(token => _client!.SchemaAsync(_operation!, token))))[0].Type;
                first = FirstOf(page[0].Value(0), type);
            }
            rows += page[0].Rows;
            for (var row = 0; each is not null && row < page[0].Rows; row++)
                each.Of(column => page[column].Value(row));
        }
        return (rows, first);
    }

    public Task<TagColumn> ColumnOfAsync(TableSql table, string tags, bool values) => TryAsync(async () =>
    {
        var field = HiveDialect.Instance.Field(tags);
        var type = (await FieldsOfAsync(table, field))[0].Type;
        var shape = type switch
        {
            HiveField.Map => TagShape.Map,
            HiveField.Array => TagShape.Array,
            HiveField.Struct or HiveField.Union => throw TagColumn.Refused(tags),
            _ => TagShape.Pairs,
        };
        if (!values)
            return new TagColumn(shape);
        if (shape != TagShape.Map)
            throw TagColumn.NoMap(tags, HiveField.NameOf(type));
        var entry = await FieldsOfAsync(table, $"map_keys({field})[0], map_values({field})[0]");
        return new TagColumn(shape, ValueOf(entry[1].Type) ?? throw TagColumn.RefusedValues(tags, HiveField.NameOf(entry[1].Type)))
        {
            HasTextKeys = entry[0].Type == HiveField.String,
        };
    });

    static TagValue? ValueOf(int type) => type switch
    {
        (>= HiveField.TinyInt and <= HiveField.BigInt) or HiveField.String or HiveField.Date or HiveField.VarChar or HiveField.Char => TagValue.Text,
        HiveField.Boolean => TagValue.Boolean,
        HiveField.Decimal => TagValue.Decimal,
        _ => null,
    };

    /// <summary>The types of what is selected from a table.</summary>
    Task<IReadOnlyList<HiveField>> FieldsOfAsync(TableSql table, string selected) =>
        FieldsAsync(HiveText.Of(table.Bound($"select {selected} from {table.From} where 1 = 0")));

    /// <summary>What the server keeps of a partition; what it refuses to tell, it keeps not.</summary>
    public async Task<KeptStatistics> StatisticsAsync(TablePart part)
    {
        var asked = HiveStatistics.Question(part);
        if (IsSpark)
            return new(asked, null, "the server keeps none that say whether they still hold");
        var rows = new List<(string Name, string? Value, string? More)>();
        try
        {
            await foreach (var page in PagesAsync(asked, () => asked))
            {
                for (var row = 0; row < page[0].Rows; row++)
                    rows.Add((page[0].Text(row)?.Trim() ?? "", page[1].Text(row)?.Trim(), page[2].Text(row)?.Trim()));
            }
        }
        catch (SqlFault fault) when (!fault.IsTransient)
        {
            return new(asked, null, $"the server tells none: {fault.Message}");
        }
        return HiveStatistics.Of(asked, rows);
    }

    public async IAsyncEnumerable<(string Kind, string? Name, long[] Numbers)> VolumesAsync(VolumeSql sql)
    {
        await foreach (var page in PagesAsync(sql.Statement))
        {
            for (var row = 0; row < page[0].Rows; row++)
                yield return (page[0].Text(row)!, page[1].Text(row), [.. page[2..].Select(column => column.Number(row))]);
        }
    }

    public Task<IReadOnlyList<FieldText>> TextsAsync(TableSql table, IReadOnlyList<string> columns) => TryAsync<IReadOnlyList<FieldText>>(async () =>
    {
        if (columns.Count == 0)
            return [];
        var sql = table.Bound($"select {string.Join(", ", columns.Select(HiveDialect.Instance.Quoted))} from {table.From} where 1 = 0");
        var fields = await FieldsAsync(HiveText.Of(sql));
        return [.. columns.Zip(fields, (column, field) => HiveKeyedDialect.Instance.TextOf(column, field.Type))];
    });

    public async Task ReadAsync(BoundSql sql, Bucket[] into)
    {
        await foreach (var page in PagesAsync(sql))
        {
            for (var row = 0; row < page[0].Rows; row++)
                into[page[0].Number(row)] = new Bucket(page[1].Number(row), UInt128.Parse(page[2].Text(row)!, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The rows of a <see cref="KeyedSql.RowsOf"/>, a page at a time.</summary>
    public async IAsyncEnumerable<KeyedRow> RowsAsync(BoundSql sql)
    {
        await foreach (var page in PagesAsync(sql))
        {
            for (var row = 0; row < page[0].Rows; row++)
                yield return new KeyedRow(
                    page[0].Text(row) is { } key ? Encoding.UTF8.GetBytes(key) : null,
                    ulong.Parse(page[1].Text(row)!, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Runs a statement of the program's own, of any kind.</summary>
    /// <exception cref="SqlFault">It failed, or took too long.</exception>
    public Task ExecuteAsync(string sql) => TryAsync(async () => await RunAsync(sql) && await CloseOperationAsync());

    public async ValueTask DisposeAsync()
    {
        if (_client is null)
            return;
        // An operation that is left open runs on.
        if (_cancellationToken.IsCancellationRequested && _operation is not null)
            await QuietlyAsync(CancelElsewhereAsync);
        else if (_session is not null)
            await QuietlyAsync(token => _client.CloseSessionAsync(_session, token));
        _client.Dispose();
    }

    /// <summary>Runs a statement and gives its pages of rows, none of them empty but where there are no rows.</summary>
    IAsyncEnumerable<HiveColumn[]> PagesAsync(BoundSql sql) => PagesAsync(sql.Asked, () => HiveText.Of(sql));

    async IAsyncEnumerable<HiveColumn[]> PagesAsync(string asked, Func<string> text)
    {
        _asked = asked;
        await TryAsync(() => RunAsync(text()));
        while (await TryAsync(() => CallAsync(token => _client!.FetchAsync(_operation!, RowsOfPage, log: false, token))) is { Length: > 0 } page
            && page[0].Rows > 0)
            yield return page;
        await TryAsync(CloseOperationAsync);
    }

    async Task<IReadOnlyList<HiveField>> FieldsAsync(string text)
    {
        await RunAsync(text);
        var fields = await CallAsync(token => _client!.SchemaAsync(_operation!, token));
        await CloseOperationAsync();
        return fields;
    }

    async Task<bool> RunAsync(string text)
    {
        _asked = text;
        _operation = await CallAsync(token => _client!.ExecuteAsync(_session!, text, _plan.ReadTimeout, token));
        var began = _clock.GetTimestamp();
        while (true)
        {
            var state = await CallAsync(token => _client!.StateAsync(_operation, token));
            await TellLogAsync();
            if (state.IsFinished)
                return true;
            if (state.IsTimedOut || _clock.GetElapsedTime(began) > _plan.ReadTimeout)
            {
                await QuietlyAsync(token => _client!.CancelAsync(_operation, token));
                throw HiveFault.Of(
                    new InvalidDataException($"The statement ran for {_plan.ReadTimeout.TotalSeconds:0} s and was stopped: raise "
                        + "`read_timeout` of the connection, or give it a queue of its own with `settings`."),
                    _asked);
            }
            if (state.IsOver)
                throw new HiveServerException(state.Message ?? "The statement was stopped on the server.", state.SqlState, isLost: false);
            await Task.Delay(BetweenLooks, _clock, _cancellationToken);
        }
    }

    /// <summary>Hands on what the server has logged about the statement, its progress among it.</summary>
    async Task TellLogAsync()
    {
        if (!SourceLog.IsHeard || _keepsNoLog)
            return;
        try
        {
            while (await CallAsync(token => _client!.FetchAsync(_operation!, LinesOfPage, log: true, token)) is [{ Rows: > 0 } lines, ..])
            {
                for (var row = 0; row < lines.Rows; row++)
                    SourceLog.Tell(_server.ToString(), lines.Text(row) ?? "");
            }
        }
        catch (HiveServerException fault) when (!fault.IsLost)
        {
            // As it is set, or as its engine is: hive.server2.logging.operation.enabled.
            _keepsNoLog = true;
        }
    }

    async Task<bool> CloseOperationAsync()
    {
        var operation = _operation!;
        _operation = null;
        return await CallAsync(async token =>
        {
            await _client!.CloseOperationAsync(operation, token);
            return true;
        });
    }

    Task<string> InfoAsync(int what) => CallAsync(token => _client!.InfoAsync(_session!, what, token));

    Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call) => Within.AskAsync(Silence, _clock, call, _cancellationToken);

    async Task CancelElsewhereAsync(CancellationToken cancellationToken)
    {
        // No other server knows the statement.
        using var other = await _line.OpenAsync(_server, cancellationToken);
        await other.CancelAsync(_operation!, cancellationToken);
        await other.CloseSessionAsync(_session!, cancellationToken);
    }

    /// <summary>For what is good to have done, and tells nobody when it fails.</summary>
    async Task QuietlyAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            using var late = new CancellationTokenSource(Leaving, _clock);
            await work(late.Token);
        }
        catch (Exception fault) when (HiveFault.Is(fault) || fault is OperationCanceledException or ObjectDisposedException)
        {
            // The server forgets sessions by itself.
        }
    }

    async Task<T> TryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception fault) when (HiveFault.Is(fault) || fault is SqlFault)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            throw HiveFault.Of(fault, _asked);
        }
    }

    /// <summary>Dates and times come as texts, in the zone of the server's session.</summary>
    static object? FirstOf(object? value, int type) => (value, type) switch
    {
        (string text, HiveField.Timestamp or HiveField.Date) when DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => DateTime.SpecifyKind(time, DateTimeKind.Unspecified),
        (sbyte or short or int, _) => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => value,
    };
}
