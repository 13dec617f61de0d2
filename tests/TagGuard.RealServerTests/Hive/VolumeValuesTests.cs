using TagGuard.Adapters.Command;
using TagGuard.Adapters.DuckDb;
using TagGuard.Adapters.Hive;
using TagGuard.RealServerTests.Commands;
using TagGuard.RealServerTests.SparkConnect;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Hive;

/// <summary>The values of a map as tags, and tags that SQL makes: the same tags and numbers from Spark, Hive, a client's command and DuckDB.
/// </summary>
[Collection(Spark.Collection)]
public sealed class VolumeValuesTests(Engines engines)
{
    /// <summary>A user's tags: texts for keys, SQL for values; null for no map.</summary>
    sealed record Row(string User, params (string Key, string? Value)[]? Tags);

    static readonly Dictionary<string, (string Type, Row[] Rows)> Kinds = new()
    {
        ["text"] = ("string",
        [
            new("'u1'", ("vip", "'3'"), ("city", "'a/b=c:d'"), ("note", "''")), new("'u2'", ("vip", "'3'"), ("vip=3", "'x'"), ("os:tv", "'TRUE'")),
            new("'u3'", ("vip", null)), new("'u4'", null), new("cast(null as string)", ("vip", "'9'")), new("'u5'", ("标签", "'1.50'"), ("=a", "'=b'")),
        ]),
        ["whole"] = ("int", [new("'u1'", ("vip", "3"), ("score", "-7")), new("'u2'", ("vip", null))]),
        ["decimal"] = ("decimal(10,2)", [new("'u1'", ("m", "1.50"), ("z", "100")), new("'u2'", ("m", "0"), ("z", "-0.10"))]),
        ["deep"] = ("decimal(20,9)", [new("'u1'", ("m", "0"), ("z", "0.5"))]),
        ["boolean"] = ("boolean", [new("'u1'", ("is_vip", "true")), new("'u2'", ("is_vip", "false")), new("'u3'", ("is_vip", "true"))]),
        ["date"] = ("date", [new("'u1'", ("since", "'2026-02-03'"))]),
    };

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("spark", "text", "whole", "decimal", "deep", "boolean", "date")]
    [InlineData("connect", "text", "whole", "decimal", "deep", "boolean", "date")]
    [InlineData("command", "text", "decimal", "boolean")]
    [InlineData("hive", "text", "whole", "decimal", "deep", "boolean", "date")]
    public async Task AValueIsTheSameTagEverywhere(string way, params string[] kinds)
    {
        await using var source = await OpenAsync(way);
        foreach (var kind in kinds)
        {
            var (type, rows) = Kinds[kind];
            await OfViewAsync(way, $"tagguard_values_{way}_{kind}", rows.Select(row => (row.User, Map(row, type))), async view =>
            {
                var here = await CountAsync(source, view, "tags", 100);
                var there = await InDuckDbAsync(
                    string.Join(" union all ", rows.Select(row => $"select {row.User} as userid, {DuckDbMap(row, type)} as tags")), "tags", 100);

                Assert.Equal(there.Keys, here.Keys);
                Assert.Equal(there.Families, here.Families);
                Assert.Equal(Totals(there), Totals(here));
                Assert.Contains(here.Keys, key => key.Key.Contains('='));
            });
        }
    }

    [Theory]
    [InlineData("spark")]
    [InlineData("connect")]
    [InlineData("hive")]
    public async Task TagsAreMadeBySqlInParentheses(string way)
    {
        await using var source = await OpenAsync(way);
        await OfViewAsync(way, $"tagguard_sql_{way}", [("'u1'", "'a b,c)'"), ("'u2'", "'c)'")], async view =>
        {
            var here = await CountAsync(source, view, "(split(tags, ','))", null);
            var there = await InDuckDbAsync(
                "select * from (values ('u1', 'a b,c)'), ('u2', 'c)')) t(userid, tags)", "(string_split(tags, ','))", null);

            Assert.Equal([new("a b", 1, null), new KeyVolume("c)", 2, null)], here.Keys);
            Assert.Equal(there.Keys, here.Keys);
        });
    }

    [Theory]
    [InlineData("spark")]
    [InlineData("connect")]
    [InlineData("command")]
    [InlineData("hive")]
    public async Task WhatHasNoSuchValuesOrTooManyIsRefusedWithTheCure(string way)
    {
        await using var source = await OpenAsync(way);
        await RefusedAsync("double", "no two systems write alike", "map('a', cast(1.5 as double))");
        await RefusedAsync("list", "keys and values of a map, and tags is ", "array('a')");
        await RefusedAsync("many", "more than 3 tags, of `a` alone", "map('a', 1)", "map('a', 2)", "map('a', 3)");

        Task RefusedAsync(string kind, string said, params string[] tags) =>
            OfViewAsync(way, $"tagguard_{kind}_{way}", tags.Select((one, i) => ($"'u{i}'", one)), view => RefusedOfAsync(view, said));

        async Task RefusedOfAsync(string view, string said)
        {
            var fault = await Assert.ThrowsAsync<SourceException>(() => CountAsync(source, view, "tags", 3));
            Assert.Contains(said, fault.Message, StringComparison.Ordinal);
            Assert.False(fault.IsTransient);
        }
    }

    static HiveConnectionPlan Plan(string way) => new()
    {
        Host = "127.0.0.1",
        Port = way == "hive" ? 10010 : 10000,
        User = "root",
        Settings = new Dictionary<string, string> { ["mapreduce.task.io.sort.mb"] = "10" },
    };

    async Task<IVolumeSource> OpenAsync(string way)
    {
        await engines.UpAsync("hdfs", way == "hive" ? "hive" : "spark");
        return way switch
        {
            "connect" => Spark.Source(),
            "command" => (IVolumeSource)BeelineTables.Beeline(CommandDialect.Spark, 10000, "default").Open("source", "/", TimeProvider.System),
            _ => (IVolumeSource)Plan(way).Open("source", "/", TimeProvider.System),
        };
    }

    static async Task OfViewAsync(string way, string name, IEnumerable<(string User, string Tags)> rows, Func<string, Task> use)
    {
        var structs = string.Join(", ", rows.Select(row => $"named_struct('a', {row.User}, 'b', {row.Tags})"));
        var view = $"{name}_{Environment.ProcessId}";
        await HiveStatements.RunAsync(Plan(way), $"create view {view} as select inline(array({structs})) as (userid, tags)");
        try
        {
            await use(view);
        }
        finally
        {
            await HiveStatements.RunAsync(Plan(way), $"drop view {view}");
        }
    }

    static Task<Volumes> CountAsync(IVolumeSource source, string table, string tags, int? most) => source.CountVolumesAsync(
        new VolumeQuery(new TablePart(table, null, null, null), "userid", tags, null) { ValuesAtMost = most }, null, Token);

    static async Task<Volumes> InDuckDbAsync(string select, string tags, int? most)
    {
        var folder = Directory.CreateTempSubdirectory("tagguard-test-").FullName;
        try
        {
            using (var session = new DuckDbScripts("500MB"))
                session.Execute($"copy ({select}) to '{folder}/t.parquet'", Token);
            await using var source = (IVolumeSource)new DuckDbConnectionPlan { Path = folder }.Open("warehouse", folder, TimeProvider.System);
            return await CountAsync(source, "t.parquet", tags, most);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static (long, long, long, long, long, long, long, long) Totals(Volumes volumes) =>
        (volumes.Rows, volumes.Users, volumes.TaggedUsers, volumes.UsersWithoutTags, volumes.EmptyMaps, volumes.DuplicateUsers,
            volumes.RowsWithoutUser, volumes.NullTags);

    static string Map(Row row, string type) => row.Tags is null
        ? $"if(true, null, map('x', cast(null as {type})))"
        : $"map({string.Join(", ", row.Tags.Select(tag => $"'{tag.Key}', {Cast(tag.Value, type)}"))})";

    static string DuckDbMap(Row row, string type) => row.Tags is null
        ? $"null::map(string, {type})"
        : $"map {{{string.Join(", ", row.Tags.Select(tag => $"'{tag.Key}': {Cast(tag.Value, type)}"))}}}";

    static string Cast(string? value, string type) => $"cast({value ?? "null"} as {type})";
}
