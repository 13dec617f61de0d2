using System.Globalization;
using TagGuard.Adapters.DuckDb;
using TagGuard.Adapters.Sqlite;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>Data that looks whole and is not: each keeps the gate closed, says what it is, and is stored as a verdict.</summary>
public sealed class UnsoundDataTests : IDisposable
{
    const string Date = "2026-01-10";
    const string Partition = "data_date=20260110";

    SmallWarehouse? _small;

    public void Dispose() => _small?.Dispose();

    [Theory]
    [InlineData("2099-01-01 00:00:00", "The newest event is 2099-01-01 00:00, ")]
    [InlineData("infinity", "The newest event is infinity or the end of the calendar")]
    [InlineData("-infinity", "a clock's zero and not a real time")]
    [InlineData("1970-01-01 00:00:00", "The newest event is 1970-01-01 00:00, a clock's zero")]
    public async Task AnEventThatCannotHaveBeenIsNotFresh(string newest, string told)
    {
        var small = await PlannedAsync("freshness: { connection: warehouse, sql: \"select max(happened) from dw.tags\", max_lag: 36500d }");
        Write("tags", $"select 'u1' as userid, timestamp '{newest}' as happened");

        var outcome = await ClosedAsync(small, 1, "Fail", "ImpossibleTime");

        Assert.Contains(told, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnEventWithinWhatClocksDifferIsFresh()
    {
        var small = await PlannedAsync("freshness: { connection: warehouse, sql: \"select max(happened) from dw.tags\", max_lag: 3h }");
        Write("tags", "select 'u1' as userid, (now() + interval 1 minute) as happened");

        (await small.Tagguard.RunAsync("upstream", "--date", Date)).Expect(0);
    }

    [Fact]
    public async Task AMarkerThatWasWrittenInTheFutureIsNone()
    {
        var small = await PlannedAsync("path: { connection: marks, path: \"done_{date:yyyyMMdd}\" }");
        var marker = Path.Combine(Directory.CreateDirectory(Path.Combine(small.Folder, "warehouse")).FullName, "done_20260110");
        await File.WriteAllBytesAsync(marker, [], TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(marker, new DateTime(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Contains(
            "It was last changed at 2099-01-01 00:00, ",
            (await ClosedAsync(small, 1, "Fail", "ImpossibleTime")).Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMarkerThatLeadsNowhereIsNotThere()
    {
        var small = await PlannedAsync("path: { connection: marks, path: \"done_{date:yyyyMMdd}\" }");
        File.CreateSymbolicLink(
            Path.Combine(Directory.CreateDirectory(Path.Combine(small.Folder, "warehouse")).FullName, "done_20260110"),
            "/nowhere/_SUCCESS");

        Assert.Contains(
            "done_20260110 is a symbolic link to /nowhere/_SUCCESS, which is not there.",
            (await ClosedAsync(small, 75, "Fail", "NotReady")).Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("count: { connection: warehouse, table: dw.tags, partition: data_date, rule: { expect: { at_least: 1 } } }")]
    [InlineData("volume: { connection: warehouse, table: dw.tags, partition: data_date, user: userid, tags: tags }")]
    public async Task AnEmptyPartBesideGoodOnesIsHalfALoad(string measure)
    {
        var small = await PlannedAsync(measure);
        Write("tags", "select 'u' || i as userid, ['A_1'] as tags from range(100) t(i)");
        await File.WriteAllBytesAsync(Path.Combine(FolderOf("tags"), "part-1.parquet"), [], TestContext.Current.CancellationToken);

        Assert.Contains(
            $"{Partition}/part-1.parquet is empty (0 bytes)",
            (await ClosedAsync(small, 2, "Unknown", "Missing")).Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null::varchar")]
    [InlineData("'nan'::double")]
    [InlineData("''")]
    [InlineData("case when i > 0 then 'u' || i end")]
    public async Task RowsOfNobodyCloseTheGate(string user)
    {
        var small = await PlannedAsync("volume: { connection: warehouse, table: dw.tags, partition: data_date, user: userid, tags: tags }");
        Write("tags", $"select {user} as userid, ['A_1'] as tags from range(100) t(i)");

        Assert.Contains("no user id (NULL, NaN or empty)", (await ClosedAsync(small, 1, "Fail", "NoId")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'A_1'::blob", "BLOB")]
    [InlineData("{'a': 1}", "STRUCT(a INTEGER)")]
    [InlineData("[['A_1']]", "VARCHAR[][]")]
    public async Task AColumnThatHoldsNoTagsClosesTheGate(string tags, string type)
    {
        var small = await PlannedAsync("volume: { connection: warehouse, table: dw.tags, partition: data_date, user: userid, tags: tags }");
        Write("tags", $"select 'u' || i as userid, {tags} as tags from range(100) t(i)");

        Assert.Contains($"The column tags is {type}", (await ClosedAsync(small, 2, "Unknown", "Missing")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AQueryThatNeedsMoreMemoryNamesThePlansKey()
    {
        var small = await PlannedAsync(
            "rows: { connection: warehouse, sql: \"select length(list(i::varchar)::varchar) from range(10000000) t(i)\", equals: 1 }");

        Assert.Contains(
            "Raise `memory_limit` of the connection warehouse in the plan",
            (await ClosedAsync(small, 2, "Unknown", "Missing")).Error,
            StringComparison.Ordinal);
    }

    async Task<SmallWarehouse> PlannedAsync(string measure)
    {
        _small = new SmallWarehouse($$"""
            name: unsound
            connections:
              warehouse: { type: duckdb, path: warehouse, memory_limit: 50MB }
              marks: { type: files, path: warehouse }
              store: { type: sqlite, path: tagguard.db }
            stages:
              upstream:
                - name: data
                  {{measure}}
            """);
        (await _small.Tagguard.RunAsync("init")).Expect(0);
        return _small;
    }

    string FolderOf(string table) => Directory.CreateDirectory(Path.Combine(_small!.Folder, "warehouse", "dw.db", table, Partition)).FullName;

    void Write(string table, string select)
    {
        using var database = new DuckDbDatabase(null, new Dictionary<string, string>());
        database.Execute($"copy ({select}) to '{FolderOf(table)}/part-0.parquet' (format parquet)", CancellationToken.None);
    }

    /// <summary>Judges the date: exit code, last line, stored verdict, and the gate as it is asked for afterwards.</summary>
    static async Task<Outcome> ClosedAsync(SmallWarehouse small, int exit, string verdict, string finding)
    {
        var outcome = (await small.Tagguard.RunAsync("upstream", "--date", Date)).Expect(exit);

        Assert.False((bool)outcome.Line["stages"]![0]!["open"]!);
        Assert.NotEqual(0, (await small.Tagguard.RunAsync("gate", "--date", Date)).Exit);
        using var store = SqliteDatabase.Open(Path.Combine(small.Folder, "tagguard.db"), Access.Read, TimeSpan.FromSeconds(5));
        Assert.NotEqual(
            0,
            store.Number(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"select count(*) from verdict where verdict = '{verdict}' and finding = '{finding}' and blocking = 1")));
        return outcome;
    }
}
