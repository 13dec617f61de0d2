using TagGuard.Adapters.DuckDb;
using TagGuard.Adapters.Hive;
using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Hive;

/// <summary>The same users with the same tags, as a map, a list and as pairs, counted by Spark, by Hive and by DuckDB: the same numbers.</summary>
public sealed class VolumeShapesTests(Engines engines)
{
    /// <summary>Users with odd tags: none, NULL, an empty map, one twice, NULL in a list, the same user twice, and rows of nobody.</summary>
    static readonly (string? User, string?[]? Tags)[] Users =
    [
        ("u1", ["os:android", "os:tablet", "A1_2"]), ("u2", ["os:android"]), ("u3", []), ("u4", null), ("u5", ["it's", "back\\slash", "标签😀"]),
        ("", ["os:android"]), (null, ["os:android"]), (null, null), ("u6", ["plain"]), ("u2", ["os:ios"]), ("NaN_", ["A1_3"]),
        ("u10", [":abc", "_x", "plain", "a::", "é_é:é", "A1_8", "A1_9", "A1_10"]),
    ];

    static readonly (string? User, string?[]? Tags)[] Lists = [.. Users, ("u7", ["os:ios", "os:ios", null]), ("u8", [null])];

    static readonly string?[] Logins = ["u1", "u1", "u2", "u9", null, "", "u5", "u7"];

    [Theory]
    [InlineData("spark", "map")]
    [InlineData("spark", "list")]
    [InlineData("spark", "pairs")]
    [InlineData("hive", "map")]
    [InlineData("hive", "list")]
    [InlineData("hive", "pairs")]
    public async Task EveryEngineCountsTheSame(string engine, string shape)
    {
        await engines.UpAsync("hdfs", engine);
        var database = $"tagguard_{engine}_{shape}_{Environment.ProcessId}";
        var plan = new HiveConnectionPlan
        {
            Host = "127.0.0.1",
            Port = engine == "spark" ? 10000 : 10010,
            User = "root",
            // A task of Hive's is a thread of the server here, and sorts in 100 MB unless told otherwise.
            Settings = new Dictionary<string, string> { ["mapreduce.task.io.sort.mb"] = "10" },
        };
        await HiveStatements.RunAsync(plan, $"create database {database}");
        try
        {
            await HiveStatements.RunAsync(plan with { Database = database }, [.. Tables(shape)]);
            Task<Volumes> HereAsync(TagFamilies families) =>
                CountAsync((plan with { Database = database }).Open("warehouse", "/", TimeProvider.System), "tags", "logins", families);
            var here = await HereAsync(TagFamilies.Guessed);
            var folder = Directory.CreateTempSubdirectory("tagguard-test-").FullName;
            var source = DuckDb(folder, shape);
            var there = await CountAsync(source, "dw.tags", "dw.logins", TagFamilies.Guessed);

            Assert.Equal(there.Keys, here.Keys);
            Assert.Equal(Totals(there), Totals(here));
            // Of a user who is there twice, Hive counts a family once, for it has no other way to tell a row's families apart.
            if (engine == "spark" || shape == "pairs")
            {
                Assert.Equal(there.Families, here.Families);
                foreach (var families in OfPlans())
                    Assert.Equal(
                        (await CountAsync(DuckDb(folder, shape), "dw.tags", "dw.logins", families)).Families, (await HereAsync(families)).Families);
            }
            else
                Assert.Equal([new("A1", 3), new("a:", 1), new("os", 2 + (shape == "list" ? 1 : 0)), new("é_é", 1)], here.Families);
            Directory.Delete(folder, recursive: true);
        }
        finally
        {
            // Dropping a database needs a library that the Hive of the tests lacks; its state goes with it.
            await HiveStatements.RunAsync(plan with { Database = database }, "drop table tags", "drop table logins");
        }
    }

    static (long, long, long, long, long, long, long?, long, long) Totals(Volumes volumes) =>
        (volumes.Rows, volumes.Users, volumes.TaggedUsers, volumes.UsersWithoutTags, volumes.EmptyMaps, volumes.DuplicateUsers, volumes.ActiveUsers,
            volumes.RowsWithoutUser, volumes.NullTags);

    static IEnumerable<TagFamilies> OfPlans()
    {
        yield return new SeparatedFamilies("_");
        yield return new SeparatedFamilies(":");
        Assert.Null(PortablePattern.MistakeIn(@"^(\w)", out var pattern));
        yield return new PatternFamilies(pattern!);
        yield return new TabledFamilies(TagTable.Of([["a:1", "one", null, null, null], ["A1_1", "one", null, null, null]]), TagFamilies.Guessed);
    }

    static async Task<Volumes> CountAsync(ISource source, string tags, string logins, TagFamilies families)
    {
        await using var asked = (IVolumeSource)source;
        var query = new VolumeQuery(
            new TablePart(tags, "data_date", "20260102", null),
            "userid",
            "tags",
            new ActiveQuery(new TablePart(logins, "data_date", "20260102", "site > 1"), "userid"))
        {
            Families = families,
        };
        return await asked.CountVolumesAsync(query, null, TestContext.Current.CancellationToken);
    }

    static (string? User, string?[]? Tags)[] Given(string shape) => shape == "map" ? Users : Lists;

    static IEnumerable<string> Tables(string shape)
    {
        var rows = shape == "pairs"
            ? Given(shape).SelectMany(user => (user.Tags is { Length: > 0 } tags ? tags : [null]).Select(tag => (Text(user.User), Text(tag))))
            : Given(shape).Select(user => (Text(user.User), Tags(user.Tags, shape)));
        yield return "create table tags stored as parquet as " + Union(rows, "userid", "tags");
        var logins = Logins.Select(user => (Text(user), "2")).Append(("'u3'", "1"));
        yield return "create table logins stored as parquet as " + Union(logins, "userid", "site");
    }

    /// <summary>These rows today, and the first of them yesterday.</summary>
    static string Union(IEnumerable<(string A, string B)> rows, string first, string second)
    {
        var structs = rows.Select(row => Struct(row, "20260102")).Append(Struct(rows.First(), "20260101"));
        return $"select inline(array({string.Join(", ", structs)})) as ({first}, {second}, data_date)";

        static string Struct((string A, string B) row, string date) => $"named_struct('a', {row.A}, 'b', {row.B}, 'c', '{date}')";
    }

    static string Text(string? text) => text is null ? "cast(null as string)"
        : $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>Of an empty map or list an engine must know what would be in it.</summary>
    static string Tags(string?[]? tags, string shape) => (tags, shape) switch
    {
        (null, "map") => "if(true, null, map('x', 'y'))",
        (null, _) => "if(true, null, array('x'))",
        ([], "map") => "map()",
        ([], _) => "array()",
        (_, "map") => $"map({string.Join(", ", tags.Select(tag => $"{Text(tag)}, '1'"))})",
        _ => $"array({string.Join(", ", tags.Select(Text))})",
    };

    static ISource DuckDb(string folder, string shape)
    {
        static string Quoted(string? text) => text is null ? "null::varchar" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        string Partition(string table) => Path.Combine(folder, "dw.db", table, "data_date=20260102");
        string TagsOf(string?[]? tags) => (tags, shape) switch
        {
            (null, "map") => "null::map(varchar, varchar)",
            (null, _) => "null::varchar[]",
            ([], "map") => "map {}::map(varchar, varchar)",
            ([], _) => "[]::varchar[]",
            (_, "map") => $"map {{{string.Join(", ", tags.Select(tag => $"{Quoted(tag)}: '1'"))}}}",
            _ => $"[{string.Join(", ", tags.Select(Quoted))}]::varchar[]",
        };
        var rows = shape == "pairs"
            ? Given(shape).SelectMany(user =>
                (user.Tags is { Length: > 0 } tags ? tags : [null]).Select(tag => $"({Quoted(user.User)}, {Quoted(tag)})"))
            : Given(shape).Select(user => $"({Quoted(user.User)}, {TagsOf(user.Tags)})");
        using (var session = new DuckDbScripts("500MB"))
        {
            Write("tags", $"(values {string.Join(", ", rows)}) t(userid, tags)");
            Write("logins", $"(values {string.Join(", ", Logins.Select(user => $"({Quoted(user)}, 2)").Append("('u3', 1)"))}) t(userid, site)");

            void Write(string table, string values) => session.Execute(
                $"copy (select * from {values}) to '{Directory.CreateDirectory(Partition(table)).FullName}/0.parquet'",
                CancellationToken.None);
        }
        return new DuckDbConnectionPlan { Path = folder }.Open("warehouse", folder, TimeProvider.System);
    }
}
