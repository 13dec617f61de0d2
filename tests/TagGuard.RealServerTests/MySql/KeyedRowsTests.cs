using System.Data.Common;
using System.Text;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;
using TagGuard.Adapters.Csv;
using TagGuard.Adapters.DuckDb;
using TagGuard.Facts;
using TagGuard.Measurements;
using TagGuard.RealServerTests.Support;
using TagGuard.Reconciliations;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.MySql;

/// <summary>The same rows have the same hashes in MySQL and in DuckDB, and those that differ are found.</summary>
public sealed class KeyedRowsTests(MariaDb mariaDb) : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-keyed-").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Type and value in MySQL, and the value in DuckDB.</summary>
    [Theory]
    [InlineData("bigint", "-9223372036854775808", "(-9223372036854775807 - 1)::bigint")]
    [InlineData("bigint unsigned", "18446744073709551615", "18446744073709551615::ubigint")]
    [InlineData("int(8) unsigned zerofill", "42", "42")]
    [InlineData("tinyint(1)", "true", "true")]
    [InlineData("bit(9)", "b'100000001'", "257")]
    [InlineData("decimal(20, 4)", "-1.5000", "(-1.5)::decimal(9, 1)")]
    [InlineData("decimal(20, 4)", "-0.00001", "0")]
    [InlineData("decimal(20, 4)", "100", "100::decimal(9, 2)")]
    [InlineData("decimal(38, 0)", "12345678901234567890123456789012345678", "12345678901234567890123456789012345678::decimal(38, 0)")]
    [InlineData("date", "'2026-02-03'", "date '2026-02-03'")]
    [InlineData("datetime", "'2026-02-03 04:05:00'", "timestamp '2026-02-03 04:05:00'")]
    [InlineData("datetime(6)", "'2026-02-03 04:05:06.070000'", "timestamp '2026-02-03 04:05:06.07'")]
    [InlineData("datetime(3)", "'2026-02-03 04:05:10'", "timestamp '2026-02-03 04:05:10'")]
    [InlineData("timestamp", "from_unixtime(1770076800)", "timestamptz '2026-02-03 00:00:00+00'")]
    [InlineData("time(2)", "'04:05:06.50'", "time '04:05:06.5'")]
    [InlineData("year", "2026", "2026")]
    [InlineData("varchar(40)", "''", "''")]
    [InlineData("varchar(40)", "null", "null::varchar")]
    [InlineData("varchar(40)", "' a  '", "' a  '")]
    [InlineData("varchar(40)", "'it''s \\\\ \"x\" `y` \\n'", "'it''s \\ \"x\" `y` ' || chr(10)")]
    [InlineData("varchar(40)", "'标签 ä 😀 e\u0301'", "'标签 ä 😀 e\u0301'")]
    [InlineData("varchar(40) character set latin1", "'Größe'", "'Größe'")]
    [InlineData("varchar(40) character set gbk", "'标签'", "'标签'")]
    [InlineData("varchar(40) character set utf16", "'标😀'", "'标😀'")]
    [InlineData("text", "'0:-'", "'0:-'")]
    [InlineData("enum('a', 'ö')", "'ö'", "'ö'")]
    [InlineData("varbinary(9)", "x'00FF'", "'\\x00\\xFF'::blob")]
    [InlineData("json", "'{\"a\": 1}'", "'{\"a\": 1}'")]
    [InlineData("uuid", "'AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee'", "uuid 'AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee'")]
    public async Task AValueHasTheSameHashInMySqlAndDuckDb(string type, string inMySql, string inDuckDb)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await database.Server.RunAsync($"create table {database.Name}.t (v {type})");
        await database.Server.RunAsync($"insert into {database.Name}.t values ({inMySql})");
        await using var warehouse = Warehouse($"select {inDuckDb} as v");

        // As a key, and as a column beside one.
        foreach (var columns in new[] { Array.Empty<string>(), ["v"] })
            Assert.Equal(await OnlyRowAsync(warehouse, columns), await OnlyRowAsync((IKeyedSource)database.Source(), columns));
    }

    [Theory]
    [InlineData("double", "v is double, which no two systems write alike")]
    [InlineData("float", "v is float, which no two systems write alike")]
    public async Task AValueThatTwoSystemsWriteDifferentlyIsRefusedWithACure(string type, string message)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await database.Server.RunAsync($"create table {database.Name}.t (v {type})");

        var fault = await Assert.ThrowsAsync<SourceException>(() => OnlyRowAsync((IKeyedSource)database.Source(), []));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task WhatWasTakenAwayAddedAndChangedIsFoundToTheKey(int seed)
    {
        var random = new Random(seed);
        var keys = Enumerable.Range(0, 3000).Select(i => $"{(i % 3 == 0 ? "U" : "ü")}{i * 7}").ToArray();
        random.Shuffle(keys);
        var (missing, extra, different) = (keys[..random.Next(1, 9)], keys[10..random.Next(11, 19)], keys[20..random.Next(21, 29)]);
        await using var database = await mariaDb.DatabaseAsync();
        await database.Server.RunAsync(
            $"create table {database.Name}.tags (day date, userid varchar(20) collate utf8mb4_general_ci, n int, name varchar(20) character set "
                + "latin1, key (day))");
        var synced = keys.Except(missing).Select(key => $"('2026-02-03', '{key}', {(different.Contains(key) ? -1 : key.Length)}, 'ß{key[^1]}')");
        await database.Server.RunAsync($"insert into {database.Name}.tags values ('2026-02-02', 'old', 1, ''), {string.Join(", ", synced)}");
        var rows = keys.Except(extra).Select(key => $"('{key}', {key.Length}, 'ß{key[^1]}')");
        await using var warehouse = Warehouse($"select * from (values {string.Join(", ", rows)}) t(user, length, letter)");
        var plan = new EqualMeasure
        {
            Left = new SidePlan
            {
                Connection = "warehouse",
                Table = new("dw.t"),
                Partition = "data_date",
                Key = "user",
                Columns = ["length", "letter"],
            },
            Right = new SidePlan
            {
                Connection = "service",
                Table = new("tags"),
                Partition = "day",
                PartitionValue = new("{date:yyyy-MM-dd}"),
                Key = "userid",
                Columns = ["n", "name"],
            },
            Compare = Compare.Rows,
            Drill = new DrillPlan { Export = new("diff_{date:yyyyMMdd}.csv") },
        };
        var systems = new Systems(warehouse, database.Source());

        var taking = await plan.TakeAsync(
            new MeasureContext("sync", new BusinessDay(new DateOnly(2026, 2, 3), TimeZoneInfo.Utc), systems, TimeProvider.System),
            Token);

        await new DifferenceFiles(_folder).WriteAsync(taking.Differences!.Path, taking.Differences.Keys, Token);
        var lines = await File.ReadAllLinesAsync(Path.Combine(_folder, "diff_20260203.csv"), Token);
        string[] expected =
        [
            .. missing.Select(key => "missing there," + key),
            .. extra.Select(key => "extra there," + key),
            .. different.Select(key => "different," + key),
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), lines.Skip(1).Order(StringComparer.Ordinal));
        Assert.Contains("crc32(sha1(", taking.Asked, StringComparison.Ordinal);
        Assert.Contains("tagguard_crc32(sha1(", taking.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysOfAnyTextAreNamedAsTheyAre()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table l (k longtext) collate utf8mb4_bin");
        await connection.RunAsync("create table r (k longtext) collate utf8mb4_bin");
        var source = (IKeyedSource)database.Source();

        Prop.ForAll(OddTexts.Any, OddTexts.Any, (missing, extra) =>
        {
            NamedAsTheyAreAsync(connection, source, missing + "m", extra + "e").GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    async Task NamedAsTheyAreAsync(DbConnection connection, IKeyedSource source, string missing, string extra)
    {
        foreach (var (table, key) in new[] { ("l", missing), ("r", extra) })
        {
            await connection.RunAsync($"truncate table {table}");
            await connection.RunAsync($"insert into {table} values ('both'), (@key)", ("key", key));
        }
        var (left, right) = (Side("l"), Side("r"));

        var drill = new Drill(left, right, 10, DateTimeOffset.UnixEpoch);
        var drilled = await drill.RunAsync(await left.BucketsAsync(16, Token), await right.BucketsAsync(16, Token), Token);

        Assert.Equivalent(
            new[] { new Difference(DifferenceKind.MissingThere, missing), new Difference(DifferenceKind.ExtraThere, extra) },
            drilled.Keys,
            strict: true);
        await new DifferenceFiles(_folder).WriteAsync("diff.csv", drilled.Keys, Token);
        using var csv = CsvReader.Create(
            File.OpenRead(Path.Combine(_folder, "diff.csv")),
            new CsvReaderOptions { HasHeader = true },
            leaveOpen: false);
        csv.ReadHeader();
        foreach (var difference in drilled.Keys)
        {
            Assert.True(csv.Read());
            Assert.Equal(difference.Key, csv.GetString(1));
        }

        KeyedSide Side(string table) => new(source, new KeyedPart(new TablePart(table, null, null, null), "k", []));
    }

    IKeyedSource Warehouse(string select)
    {
        var partition = Directory.CreateDirectory(Path.Combine(_folder, "dw.db", "t", "data_date=20260203")).FullName;
        using (var database = new DuckDbDatabase(null, new Dictionary<string, string>()))
            database.Execute($"copy ({select}) to '{partition}/part-0.parquet' (format parquet)", Token);
        return (IKeyedSource)new DuckDbConnectionPlan { Path = _folder }.Open("warehouse", _folder, TimeProvider.System);
    }

    static async Task<(string? Key, ulong Check, int Bucket)> OnlyRowAsync(IKeyedSource source, string[] columns)
    {
        var part = new KeyedPart(
            source.Name == "warehouse" ? new TablePart("dw.t", "data_date", "20260203", null) : new TablePart("t", null, null, null),
            "v",
            columns);
        var buckets = await source.BucketsAsync(part, 1 << 16, Token);
        var bucket = Enumerable.Range(0, buckets.All.Count).Single(i => buckets.All[i].Rows == 1);
        var rows = await source.RowsAsync(part, new BucketChoice(1 << 16, [bucket]), Token);
        var row = Assert.Single(await rows.Rows.ToListAsync(Token));
        Assert.Equal(row.Check, (ulong)buckets.All[bucket].Checksum);
        return (row.Key is null ? null : Encoding.UTF8.GetString(row.Key), row.Check, bucket);
    }

    sealed class Systems(params ISource[] sources) : ISources
    {
        public T Get<T>(string name) where T : ISource => (T)sources.Single(source => source.Name == name);

        public Task CloseAsync() => Task.CompletedTask;

        public void Abandon()
        {
        }
    }
}
