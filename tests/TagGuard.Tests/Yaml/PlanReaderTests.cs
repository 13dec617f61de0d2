using System.Security.Cryptography;
using System.Text;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Measurements;

namespace TagGuard.Tests.Yaml;

public class PlanReaderTests
{
    [Fact]
    public void TheSamplePlanReadsIntoItsRecords()
    {
        var plan = SomePlan.Read(SomePlan.Sample);

        Assert.Equal("userprofile", plan.Name);
        Assert.Equal("Asia/Shanghai", plan.Timezone.Id);
        var hdfs = Assert.IsType<FilesPlan>(plan.Connections["hdfs"]);
        Assert.Equal(("/mnt/hdfs", SomePlan.Password, 9870, TimeSpan.FromSeconds(30)), (hdfs.Folder, hdfs.Password, hdfs.Port, hdfs.Timeout));

        var rows = Assert.IsType<RowsMeasure>(plan.Stages["upstream"][0].Measure);
        Assert.Equal((1L, "warehouse"), (rows.Exactly, rows.Connection));

        var path = Assert.IsType<PathMeasure>(plan.Stages["upstream"][1].Measure);
        Assert.Equal((new TimeOnly(8, 0), TimeSpan.FromMinutes(5)), (path.Deadline, path.StableFor));

        var count = Assert.IsType<CountMeasure>(plan.Stages["upstream"][2].Measure);
        Assert.Equal(
            new ChangeRule { AvgLast = TimeSpan.FromDays(7), Warn = new Limits(-10, null), Fail = new Limits(-30, null) },
            Assert.Single(count.Rules));

        var tags = plan.Stages["tags"][0];
        var volume = Assert.IsType<VolumeMeasure>(tags.Measure);
        Assert.Equal(
            new ActivePlan
            {
                Table = new("dw.dw_cookie_user_login"),
                User = "userid",
                Where = "site_id between 100 and 120",
            },
            volume.Active);
        Assert.Equal(new BaselineRule { Season = TimeSpan.FromDays(7), MinUsers = 200 }, Assert.Single(tags.Judge.Rules));
        Assert.True(tags.Judge.Blocking);

        var equal = Assert.IsType<EqualMeasure>(plan.Stages["sync"][0].Measure);
        Assert.Equal(new SidePlan { Connection = "warehouse", Table = new("userprofile_{date:yyyyMMdd}") }, equal.Right);
        Assert.Equal(new Tolerance(0, IsPercent: false), equal.Tolerance);
    }

    [Fact]
    public void StagesChecksAndRulesKeepTheOrderOfTheFile()
    {
        var names = Enumerable.Range(0, 40).Select(i => $"stage{i * 7919 % 40}").ToList();
        var stages = string.Concat(
            names.Select(name =>
                $"\n  {name}:\n    - {{ name: {name} b, rows: {{ connection: w, sql: x, equals: 1 }} }}\n    - {{ name: {name} a, rows: {{ "
                    + $"connection: w, sql: x, equals: 1 }}, judge: {{ change: {{ days_ago: 7d, warn: 5% }}, expect: {{ equals: 1 }}, baseline: "
                    + $"{{}} }} }}"));
        var plan = SomePlan.Read($"name: p\nconnections: {{ w: {{ type: duckdb, path: w }}, store: {{ type: sqlite, path: s }} }}\nstages:{stages}");

        Assert.Equal(names, plan.Stages.Keys);
        Assert.Equal(names, plan.StageList.Select(stage => stage.Name));
        Assert.All(plan.StageList, stage => Assert.Equal([$"{stage.Name} b", $"{stage.Name} a"], stage.Checks.Select(check => check.Name)));
        Assert.All(plan.StageList, stage => Assert.Equal(["change", "expect", "baseline"], stage.Checks[1].Judge.Rules.Select(rule => rule.Kind)));
    }

    [Fact]
    public void ThePlanKnowsItsFileAndTheHashOfItsText() => SomePlan.InFile(SomePlan.Sample, file =>
    {
        var plan = SomePlan.Reader().Read(Path.GetRelativePath(Directory.GetCurrentDirectory(), file));

        Assert.Equal(file, plan.File);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SomePlan.Sample))), plan.Hash);
        return 0;
    });

    [Fact]
    public void AnAliasStandsForWhatItsAnchorHolds()
    {
        var plan = SomePlan.Read(SomePlan.Of("""
            - { name: a, rows: &q { connection: warehouse, sql: select 1, equals: 1 } }
                - { name: b, rows: *q }
            """));

        Assert.Equal(plan.Stages["tags"][0].Measure, plan.Stages["tags"][1].Measure);
    }

    [Fact]
    public void ListsAndDictionariesAreRead()
    {
        var files = Assert.IsType<FilesPlan>(SomePlan.Read(SomePlan.Of(
            hdfs: "{ type: files, folder: /mnt, only: [b, a], since: 2026-01-05, weights: { z: 1.5, a: 2, m: -1e3 } }")).Connections["hdfs"]);

        Assert.Equal(["b", "a"], files.Only);
        Assert.Equal(new DateOnly(2026, 1, 5), files.Since);
        Assert.Equal([("z", 1.5), ("a", 2), ("m", -1000)], files.Weights.Select(weight => (weight.Key, weight.Value)));
    }

    [Fact]
    public void AByteOrderMarkAndWindowsLineEndsDoNoHarm() =>
        Assert.Equal("userprofile", SomePlan.Read("\uFEFF" + SomePlan.Sample.Replace("\n", "\r\n", StringComparison.Ordinal)).Name);

    [Theory]
    [InlineData("no/such/plan.yaml", "not there")]
    [InlineData("/tmp", "cannot be read")]
    public void AFileThatCannotBeReadIsAMistakeWithItsCure(string file, string part)
    {
        var mistake = Assert.Single(Assert.Throws<PlanException>(() => SomePlan.Reader().Read(file)).Mistakes);

        Assert.Equal(file, mistake.File);
        Assert.Contains(part, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNotUtf8SaysSo()
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, [.. "name: "u8, 0xD3, 0xC3, 0xBB, 0xA7]);

        Assert.Contains(
            "UTF-8",
            Assert.Single(Assert.Throws<PlanException>(() => SomePlan.Reader().Read(file)).Mistakes).Message,
            StringComparison.Ordinal);
        File.Delete(file);
    }
}
