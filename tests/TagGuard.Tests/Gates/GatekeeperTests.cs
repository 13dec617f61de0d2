using TagGuard.Gates;
using TagGuard.Plans;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Gates;

public sealed class GatekeeperTests
{
    static readonly DateTimeOffset Now = Some.Now;

    /// <summary>Everything that closes a good verdict, one at a time.</summary>
    public static TheoryData<string, GateState?, GateStanding, GateExit> Cases =>
        new()
        {
            { "nothing is wrong", Good(), GateStanding.Open, GateExit.Open },
            { "never judged", null, GateStanding.NotJudged, GateExit.CouldNotTell },
            {
                "only an override that ran out",
                Good() with
                {
                    IsGood = false,
                    Exit = GateExit.CouldNotTell,
                    RunId = 0,
                    HasBegun = false,
                    JudgedBy = null,
                    Override = Given(-2, -1),
                },
                GateStanding.NotJudged,
                GateExit.CouldNotTell
            },
            {
                "under way",
                Good() with
                {
                    IsGood = false,
                    Exit = GateExit.CouldNotTell,
                    RunId = 0,
                    JudgedBy = null,
                },
                GateStanding.Running,
                GateExit.CouldNotTell
            },
            { "bad data", Bad(), GateStanding.BadData, GateExit.BadData },
            { "not ready", Good() with { IsGood = false, Exit = GateExit.NotReady }, GateStanding.NotReady, GateExit.NotReady },
            { "could not tell", Good() with { IsGood = false, Exit = GateExit.CouldNotTell }, GateStanding.CouldNotTell, GateExit.CouldNotTell },
            { "closed with an exit of 0", Good() with { IsGood = false }, GateStanding.CouldNotTell, GateExit.CouldNotTell },
            { "state set by hand", Good() with { Exit = GateExit.BadData }, GateStanding.BadData, GateExit.BadData },
            { "as old as may be", Good() with { DecidedAt = Now.AddHours(-36) }, GateStanding.Open, GateExit.Open },
            { "too old", Good() with { DecidedAt = Now.AddHours(-36).AddSeconds(-1) }, GateStanding.OutOfDate, GateExit.CouldNotTell },
            { "of a clock that is a little fast", Good() with { DecidedAt = Now + Gatekeeper.ClockDifference }, GateStanding.Open, GateExit.Open },
            { "of the future", Good() with { DecidedAt = Now.AddYears(70) }, GateStanding.FromTheFuture, GateExit.CouldNotTell },
            { "verdicts lost", Good() with { HasItsVerdicts = false }, GateStanding.WithoutVerdicts, GateExit.CouldNotTell },
            { "judged by an older program", Good() with { JudgedBy = null }, GateStanding.WithoutVerdicts, GateExit.CouldNotTell },
            { "check is new", Good(judged: Some.Definition("tags", "a")), GateStanding.PlanChanged, GateExit.CouldNotTell },
            { "check is gone", Good(judged: Some.Definition("tags", "a", "b", "c")), GateStanding.PlanChanged, GateExit.CouldNotTell },
            {
                "check has changed",
                Good(
                    judged: Some.Definition("tags", "a", "b") with
                    {
                        Checks = new Dictionary<string, string> { ["a"] = "hash of a", ["b"] = "weaker" },
                    }),
                GateStanding.PlanChanged,
                GateExit.CouldNotTell
            },
            {
                "connection has changed",
                Good(judged: Some.Definition("tags", "a", "b") with { Shared = new Dictionary<string, string> { ["connection \"w\""] = "x" } }),
                GateStanding.PlanChanged,
                GateExit.CouldNotTell
            },
            { "bad, and opened", Bad() with { Override = Given(-1, 1) }, GateStanding.OpenByOverride, GateExit.Open },
            { "bad, and an override that ends now", Bad() with { Override = Given(-1, 0) }, GateStanding.BadData, GateExit.BadData },
            { "bad, and an override of the future", Bad() with { Override = Given(1, 2) }, GateStanding.BadData, GateExit.BadData },
        };

    [Theory, MemberData(nameof(Cases))]
    public void AGoodVerdictOpensAndNothingElseDoes(string what, GateState? state, GateStanding standing, GateExit exit)
    {
        var answer = Answer(OnPlanChange.Close, state);
        Assert.True((standing, exit) == (answer.Standing, answer.Exit), $"{what}: {answer}");
        Assert.Equal(exit == GateExit.Open, answer.IsOpen);
        Assert.NotEqual("", answer.Reason);
    }

    [Fact]
    public void AChangeOfThePlanNamesEachCheck()
    {
        var judged = Some.Definition("tags", "a", "gone") with
        {
            Checks = new Dictionary<string, string> { ["a"] = "other", ["gone"] = "x" },
        };
        Assert.Equal(
            "The plan has changed since it was judged: check \"a\" has changed, check \"b\" is new, check \"gone\" is gone. Run the stage again.",
            Answer(OnPlanChange.Close, Good(judged)).Reason);
        Assert.Contains(
            "another plan of the same name, /tmp/weak.yaml",
            Answer(OnPlanChange.Close, Good(judged with { PlanFile = "/tmp/weak.yaml" })).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AChangedPlanMayKeepItsVerdictsButNotForACheckThatWasNeverJudged()
    {
        var weaker = Some.Definition("tags", "a", "b", "c") with
        {
            Checks = new Dictionary<string, string>
            {
                ["a"] = "other",
                ["b"] = "other",
                ["c"] = "x",
            },
        };
        Assert.Equal(GateStanding.Open, Answer(OnPlanChange.Keep, Good(weaker)).Standing);
        Assert.Equal(GateStanding.PlanChanged, Answer(OnPlanChange.Keep, Good(Some.Definition("tags", "a"))).Standing);
    }

    [Fact]
    public void AStageIsHeldByEveryStageBeforeItThatIsNotOpen()
    {
        var gates = new Dictionary<string, GateState>
        {
            ["tags"] = Good(Some.Definition("tags")),
            ["sync"] = Good(Some.Definition("sync")) with { Stage = "sync" },
        };

        var never = Some.Answers(gates, Now, "upstream", "tags", "sync");
        var open = Some.Answers(gates, Now, "tags", "sync");
        gates["tags"] = gates["tags"] with { IsGood = false, Exit = GateExit.BadData, Override = Given(-1, 1) };
        var overridden = Some.Answers(gates, Now, "tags", "sync");
        var ranOut = Some.Answers(gates, Now.AddHours(1), "tags", "sync");

        Assert.Equal([GateStanding.NotJudged, GateStanding.Held, GateStanding.Held], never.Select(answer => answer.Standing));
        Assert.Equal("Its own checks pass, but it is held by upstream, tags before it.", never[2].Reason);
        Assert.Equal(["upstream", "tags"], never[2].HeldBy);
        Assert.All(open, answer => Assert.True(answer.IsOpen));
        Assert.All(overridden, answer => Assert.True(answer.IsOpen));
        Assert.Equal([GateStanding.BadData, GateStanding.Held], ranOut.Select(answer => answer.Standing));
    }

    [Fact]
    public void AStageThatWasHeldSaysSoWhenWhoHeldItIsOpen()
    {
        var held = Good(Some.Definition("sync")) with { Stage = "sync", IsGood = false, Exit = GateExit.CouldNotTell };
        held = held with { JudgedBy = held.JudgedBy! with { HeldBy = ["tags"] } };
        var gates = new Dictionary<string, GateState>
        {
            ["tags"] = Good(Some.Definition("tags")) with { IsGood = false, Exit = GateExit.BadData, Override = Given(-1, 1) },
            ["sync"] = held,
        };

        var answer = Some.Answers(gates, Now, "tags", "sync")[1];

        Assert.Equal(GateStanding.Held, answer.Standing);
        Assert.Empty(answer.HeldBy);
        Assert.Equal(
            "Its own checks pass, but it was held by tags when it was judged: run the stage again, or open it by override.", answer.Reason);
    }

    [Fact]
    public void AStageThatWasHeldIsHeldByWhatIsClosedNow()
    {
        var held = Good(Some.Definition("sync")) with { Stage = "sync", IsGood = false, Exit = GateExit.CouldNotTell };
        var gates = new Dictionary<string, GateState>
        {
            ["upstream"] = Good(Some.Definition("upstream")) with { Stage = "upstream", IsGood = false, Exit = GateExit.BadData },
            ["tags"] = Good(Some.Definition("tags")) with { IsGood = false, Exit = GateExit.BadData, Override = Given(-1, 1) },
            ["sync"] = held with { JudgedBy = held.JudgedBy! with { HeldBy = ["tags"] } },
        };

        var answer = Some.Answers(gates, Now, "upstream", "tags", "sync")[2];

        Assert.Equal(["upstream"], answer.HeldBy);
        Assert.Equal("Its own checks pass, but it is held by upstream before it.", answer.Reason);
    }

    static GateAnswer Answer(OnPlanChange onChange, GateState? state) => Gatekeeper.Answers(
        new GateTerms([Some.Definition("tags", "a", "b")], TimeSpan.FromHours(36), onChange),
        state is null ? new Dictionary<string, GateState>() : new Dictionary<string, GateState> { ["tags"] = state },
        Now)[0];

    static Override Given(int since, int until) => new("lin", "campaign", Now.AddHours(since), Now.AddHours(until));

    static GateState Bad() => Good() with { IsGood = false, Exit = GateExit.BadData };

    static GateState Good(StageDefinition? judged = null)
    {
        var definition = judged ?? Some.Definition("tags", "a", "b");
        return new GateState
        {
            Plan = "userprofile",
            Date = Some.Date,
            Stage = "tags",
            IsGood = true,
            Exit = GateExit.Open,
            Reason = "All pass.",
            DecidedAt = Now.AddHours(-1),
            RunId = 1,
            JudgedBy = new JudgedBy(definition, definition.Checks.Keys.ToDictionary(check => check, _ => 1), []),
            HasItsVerdicts = true,
        };
    }
}
