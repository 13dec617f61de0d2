using TagGuard.Adapters.DuckDb;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The warehouse's own table of tags says whom to tell, what computes a tag, and what people call it; without it the tags are judged all the
/// same.</summary>
public sealed class TagTableTests
{
    static readonly DateOnly Day = SmallWarehouse.First.AddDays(20);

    static readonly string[] Run = ["run", "--date", $"{Day:yyyy-MM-dd}"];

    /// <summary>Twenty days of history, and a day on which the tags T002… are gone.</summary>
    static async Task<SmallWarehouse> SmallAsync(string keep = "true")
    {
        var small = new SmallWarehouse(SmallWarehouse.Plan
            .Replace(
                "tags: tagmap }",
                "tags: { keys: tagmap, from: { connection: warehouse, table: dw.dim_tag, tag: code, family: fam, owner: who, lineage: job, "
                    + "words: title } } }",
                StringComparison.Ordinal)
            .Replace("baseline: { min_users: 20 }", "detect: {}", StringComparison.Ordinal));
        Write(small, Rows("fam || ''"));
        return await small.Write(SmallWarehouse.First, 20).Write(Day, 1, keep).BackfilledAsync(Day.AddDays(-1));
    }

    /// <summary>The 40 tags of the small warehouse in four families of ten.</summary>
    static string Rows(string family) => $"""
        select code, {family} as fam, 'team ' || fam as who, 'job_' || fam as job, 'title of ' || code as title
        from (select printf('T%03dU001_%03d', t // 10, t % 10) as code, 'group' || (t // 10) as fam from range(40) a(t))
        """;

    static void Write(SmallWarehouse small, string select)
    {
        using var database = new DuckDbDatabase(null, new Dictionary<string, string>());
        var folder = Directory.CreateDirectory(Path.Combine(small.Folder, "warehouse", "dw.db", "dim_tag")).FullName;
        database.Execute($"copy ({select}) to '{folder}/part-0.parquet' (format parquet)", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WhatIsKnownOfTagsIsToldWithTheirFaultAndJudgedAgainByIt()
    {
        using var small = await SmallAsync("k not like 'T002%' and (k <> 'T001U001_004' or u % 2 = 0)");

        var closed = (await small.Tagguard.RunAsync(Run)).Expect(1);
        var report = await File.ReadAllTextAsync(
            Path.Combine(small.Folder, "reports", $"small-{Day:yyyy-MM-dd}.html"), TestContext.Current.CancellationToken);
        // What is known of tags a day later is nothing to the day before.
        Write(small, Rows("'other'"));
        small.Write(Day.AddDays(1), 1);
        await small.Tagguard.RunAsync("run", "--date", $"{Day.AddDays(1):yyyy-MM-dd}");
        var family = (await small.Tagguard.RunAsync("explain", "group1", "--date", $"{Day:yyyy-MM-dd}", "--all")).Expect(0);
        var tag = (await small.Tagguard.RunAsync("explain", "T001U001_004", "--date", $"{Day:yyyy-MM-dd}")).Expect(0);
        var prove = (await small.Tagguard.RunAsync("prove", "--date", $"{Day:yyyy-MM-dd}", "--days", "2")).Expect(0);

        Assert.Contains("Family group2: all 10 tags at zero", closed.Error, StringComparison.Ordinal);
        Assert.Contains("T001U001_004 (title of T001U001_004): ", closed.Error, StringComparison.Ordinal);
        Assert.Contains("team group2", closed.Error, StringComparison.Ordinal);
        Assert.Contains("Computed by job_group1.", report, StringComparison.Ordinal);
        Assert.Contains("T003U001_009 (title of T003U001_009)", report, StringComparison.Ordinal);
        Assert.All(new[] { family, tag }, one => Assert.Contains("the same, to the last bit", one.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("something else comes out", family.Output, StringComparison.Ordinal);
        Assert.Contains("title of T001U001_004", tag.Output, StringComparison.Ordinal);
        Assert.Contains("by the table of tags, which has 40 of 40 tags, else guessed", prove.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATableThatIsEmptyOrGoneLosesNoVerdictAndSaysWhoseEntriesStand()
    {
        using var small = await SmallAsync("k not like 'T002%'");

        Write(small, Rows("fam || ''") + " where false");
        var empty = (await small.Tagguard.RunAsync(Run)).Expect(1);
        Directory.Delete(Path.Combine(small.Folder, "warehouse", "dw.db", "dim_tag"), recursive: true);
        var gone = (await small.Tagguard.RunAsync(Run)).Expect(1);
        var doctor = (await small.Tagguard.RunAsync("doctor")).Expect(3);
        await small.EditPlanAsync("tag: code", "tag: no_such");
        Write(small, Rows("fam || ''"));
        var wrong = (await small.Tagguard.RunAsync(Run)).Expect(1);

        Assert.All(new[] { empty, gone, wrong }, run => Assert.Contains("Family group2: all 10 tags at zero", run.Error, StringComparison.Ordinal));
        Assert.Contains(
            $"The table of tags could not be read: It is empty. Families, owners and words are those of {Day.AddDays(-1):yyyy-MM-dd}",
            empty.Error,
            StringComparison.Ordinal);
        Assert.Contains("The table of tags could not be read: ", gone.Error, StringComparison.Ordinal);
        Assert.Contains("no_such", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("dim_tag", doctor.Error, StringComparison.Ordinal);
    }
}
