using TagGuard.Adapters;
using TagGuard.Adapters.Yaml;
using TagGuard.Keys;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Yaml;

/// <summary>What a run keeps of its plan judges as the plan did, and holds no secret.</summary>
public sealed class KeptPlanTests
{
    public static TheoryData<string> Plans =>
    [
        .. Directory.GetFiles(Repository.Path("jobs"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("\nconnections:", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Repository.Path(""), file)),
    ];

    [Fact]
    public void ThePlanOfThenJudgesAsItDid()
    {
        var plan = SomePlan.Read(SomePlan.Sample);

        var kept = SomePlan.Reader().ReadKept(plan.Judging)!;

        Assert.Equal((plan.Name, plan.Timezone), (kept.Name, kept.Timezone));
        var (checks, again) = (plan.StageList.SelectMany(stage => stage.Checks), kept.StageList.SelectMany(stage => stage.Checks));
        Assert.Equal(checks.Select(check => check.Name), again.Select(check => check.Name));
        Assert.Equal(checks.SelectMany(check => check.Rules), again.SelectMany(check => check.Rules));
    }

    [Fact]
    public void NothingOfWhereItsConnectionsLeadIsKept()
    {
        var judging = SomePlan.Read(SomePlan.Sample).Judging;

        Assert.DoesNotContain(SomePlan.Password, judging, StringComparison.Ordinal);
        Assert.DoesNotContain("HDFS_PASSWORD", judging, StringComparison.Ordinal);
        Assert.DoesNotContain("/mnt/hdfs", judging, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("it's \\\"here\\\": {a}, [b] # no comment\\t~")]
    [InlineData("a\\nb \\\\ end ")]
    [InlineData("标签 𝄞 $${x}")]
    [InlineData("null")]
    public void EveryTextComesBackAsItStood(string text)
    {
        var plan = SomePlan.Read(SomePlan.Of($"- {{ name: c, owner: \"{text}\", rows: {{ connection: warehouse, sql: select 1, equals: 1 }} }}"));

        Assert.Equal(plan.StageList[0].Checks[0].Owner, SomePlan.Reader().ReadKept(plan.Judging)!.StageList[0].Checks[0].Owner);
    }

    [Theory]
    [MemberData(nameof(Plans))]
    public void EveryShippedPlanIsReadAgain(string file)
    {
        var reader = new PlanReader(Connections.All, name => name, Repository.Path("jobs/calendars"));

        var plan = reader.Read(Repository.Path(file));
        var kept = reader.ReadKept(plan.Judging)!;

        Assert.Equal(plan.Calendar.Days.KnownUntil, kept.Calendar.Days.KnownUntil);
        Assert.Equal(
            plan.StageList.SelectMany(stage => stage.Checks).Select(check => (check.Name, check.HistoryDays)),
            kept.StageList.SelectMany(stage => stage.Checks).Select(check => (check.Name, check.HistoryDays)));
    }

    [Fact]
    public void WhatThisProgramDoesNotUnderstandIsRefused() =>
        Assert.Throws<PlanException>(() => SomePlan.Reader().ReadKept("{\"name\": \"p\", \"future\": 1, \"calendar_files\": []}"));
}
