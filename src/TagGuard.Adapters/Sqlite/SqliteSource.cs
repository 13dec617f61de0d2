using System.Globalization;
using SQLitePCL;
using TagGuard.Adapters.Files;
using TagGuard.Adapters.Storage;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sqlite;

/// <summary>A SQLite file that is asked. Opened for reading only, whatever the SQL says.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="path">The file.</param>
public sealed class SqliteSource(string name, string path) : IRowsSource, ICountSource
{
    /// <summary>How long to wait while another process writes. Default 15 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
    ];

    public string Name => name;

    public Task<string> ProbeAsync(CancellationToken cancellationToken) => AskAsync(
        "pragma schema_version",
        database => $"SQLite {SqliteDatabase.Version}, {database.Number("select count(*) from sqlite_master where type = 'table'")} tables",
        cancellationToken);

    public Task<RowsAnswer> RowsAsync(string sql, DateOnly date, CancellationToken cancellationToken)
    {
        var asked = Question(sql, date);
        return AskAsync(asked, database =>
        {
            using var query = database.Prepare(sql);
            if (!query.IsQuery)
                throw Fault("`sql` must be one SELECT and nothing else.", asked);
            Bind(query, date, asked);
            var (rows, first) = (0L, (object?)null);
            while (query.Read())
            {
                if (rows++ == 0)
                    first = Value(query);
            }
            return new RowsAnswer(rows, first, asked);
        }, cancellationToken);
    }

    public string Question(string sql, DateOnly date) => $"{sql} -- @date = {StoredText.Of(date)}, @yesterday = {StoredText.Of(date.AddDays(-1))}";

    public Task<Counted> MatchAsync(RowMatch match, CancellationToken cancellationToken)
    {
        var asked = Question(match);
        return AskAsync(asked, database =>
        {
            if (!HasTable(database, match.Table))
                throw Fault($"There is no table {match.Table}.", asked, isAbsent: true);
            using var statement = database.Prepare(MatchQuery(match));
            foreach (var (parameter, value) in MatchSql.Parameters(match))
                statement.Set($"@{parameter}", value);
            return new Counted(statement.Read() ? statement.Int64(0) : 0, asked);
        }, cancellationToken);
    }

    public string Question(RowMatch match) => MatchQuery(match) + MatchSql.Told(match, "@");

    public string Question(TablePart part) => CountQuery(part) + (part.Value is null ? "" : $" -- @value = {part.Value}");

    public Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken)
    {
        var asked = Question(part);
        return AskAsync(asked, database =>
        {
            if (!HasTable(database, part.Table))
                throw Fault($"There is no table {part.Table}.", asked, isAbsent: true);
            var rows = Number(database, CountQuery(part), part.Value);
            // Rows that the condition leaves out are rows all the same; a partition without any is not there (yet).
            if (rows == 0 && part.Partition is not null && Number(database, Filled("has_rows", part.Table, PartitionOf(part)), part.Value) == 0)
                throw Fault($"{part.Table} has no rows with {part.Partition} = {part.Value}.", asked, isAbsent: true);
            return new Counted(rows, asked);
        }, cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static string CountQuery(TablePart part) => Filled("count_rows", part.Table, part.Where is null ? PartitionOf(part) : $"{PartitionOf(part)} and ({part.Where})");

    static string MatchQuery(RowMatch match) => Filled("count_rows", match.Table, MatchSql.Condition(match, Quoted, "@"));

    static string PartitionOf(TablePart part) => part.Partition is null ? "true" : $"{Quoted(part.Partition)} = @value";

    static string Filled(string query, string table, string condition) => string.Join('\n', SqliteScripts.Query(query).Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal))).Trim()
        .Replace("{table}", string.Join('.', table.Split('.').Select(Quoted)), StringComparison.Ordinal)
        .Replace("{condition}", condition, StringComparison.Ordinal);

    void Bind(SqliteStatement query, DateOnly date, string asked)
    {
        foreach (var parameter in query.Parameters)
        {
            _ = parameter switch
            {
                "@date" => query.Set(parameter, date),
                "@yesterday" => query.Set(parameter, date.AddDays(-1)),
                _ => throw Fault($"`sql` has the parameter {parameter}; only @date and @yesterday are known.", asked),
            };
        }
    }

    /// <summary>SQLite keeps times as text, so a text that is exactly a date or time is one; with a zone behind it, it stays text.</summary>
    static object? Value(SqliteStatement row) => row.TypeOf(0) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER => row.Int64(0),
        raw.SQLITE_FLOAT => row.Double(0),
        raw.SQLITE_BLOB => row.Bytes(0).ToArray(),
        _ when DateTime.TryParseExact(row.Text(0), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => time,
        _ => row.Text(0),
    };

    static bool HasTable(SqliteDatabase database, string table)
    {
        var parts = table.Split('.');
        using var find = database.Query("has_table").Set("@schema", parts.Length > 1 ? parts[0] : "main").Set("@table", parts[^1]);
        return find.Read();
    }

    static long Number(SqliteDatabase database, string sql, string? value)
    {
        using var statement = database.Prepare(sql);
        if (value is not null)
            statement.Set("@value", value);
        return statement.Read() ? statement.Int64(0) : 0;
    }

    /// <summary>A name in backticks: in double quotes, SQLite would take one that is not there for a text, sqlite.org/quirks.html#dblquote.</summary>
    static string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    async Task<T> AskAsync<T>(string asked, Func<SqliteDatabase, T> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(() =>
            {
                if (!File.Exists(path))
                    throw Fault("The file is not there. Correct `path` of the connection in the plan.", asked);
                if (FileStatus.Of(path).Kind == FileKind.Special)
                    throw Fault("It is not a regular file but a pipe, a device or a socket. Correct `path` of the connection in the plan.", asked);
                using var database = SqliteDatabase.Open(path, Access.Read, Patience);
                using var breakOff = database.BreakOffOn(cancellationToken);
                return ask(database);
            }, cancellationToken);
        }
        catch (SqliteFault fault) when (fault.IsInterrupted && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(fault.Message, fault, cancellationToken);
        }
        catch (SqliteFault fault) when (fault.IsMoreThanOne)
        {
            throw Fault("`sql` must be one SELECT and nothing else.", asked, fault);
        }
        catch (SqliteFault fault)
        {
            throw Fault(fault.Cure(path), asked, fault);
        }
    }

    SourceException Fault(string message, string asked, SqliteFault? inner = null, bool isAbsent = false) =>
        new(name, path, message, asked, inner) { IsAbsent = isAbsent, IsTransient = inner?.IsBusy == true };
}
