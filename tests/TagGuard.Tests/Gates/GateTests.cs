using TagGuard.Gates;
using TagGuard.Judgements;
using TagGuard.Measurements;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Gates;

public sealed class GateTests
{
    static readonly Judgement Pass = Some.Judgement(Some.Rows, Verdict.Pass, Finding.Normal, 100);
    static readonly Judgement Warn = Some.Judgement(Some.Rows, Verdict.Warn, Finding.Drop, 80);
    static readonly Judgement Bad = Some.Judgement(Some.Rows, Verdict.Fail, Finding.Drop, 10);
    static readonly Judgement NotReady = Some.Judgement(Some.Total(Metrics.ReadyMinutes), Verdict.Fail, Finding.NotReady);
    static readonly Judgement Unknown = Some.Judgement(Some.Total(Metrics.TaggedUsers), Verdict.Unknown, Finding.Missing);

    public static TheoryData<Judgement[], GateExit> Cases => new()
    {
        { [Pass, Warn], GateExit.Open },
        { [Pass, Bad with { Blocking = false }], GateExit.Open },
        { [], GateExit.CouldNotTell },
        { [Pass, Unknown], GateExit.CouldNotTell },
        { [Pass, NotReady], GateExit.NotReady },
        { [Unknown, Bad], GateExit.BadData },
        { [NotReady, Bad], GateExit.BadData },
        { [Bad, NotReady], GateExit.BadData },
        { [NotReady, Unknown], GateExit.CouldNotTell },
        { [NotReady with { Finding = Finding.Late }], GateExit.BadData },
    };

    [Theory, MemberData(nameof(Cases))]
    public void BadDataBeatsCouldNotTellBeatsNotReady(Judgement[] judgements, GateExit exit)
    {
        var decision = Gate.Decide(judgements, []);
        Assert.Equal((exit, exit == GateExit.Open), (decision.Exit, decision.IsOpen));
    }

    [Fact]
    public void TheReasonNamesTheSeriesAndCountsTheRest() =>
        Assert.Equal("user tags: rows: 10 where 100 expected. And 2 more.", Gate.Decide([NotReady, Unknown, Bad], []).Reason);

    [Fact]
    public void AWaitThatRanOutIsNotReadyWhateverWasMissing()
    {
        foreach (var missing in new[] { Bad, Unknown, NotReady })
            Assert.Equal((false, GateExit.NotReady), (Gate.Decide([Pass, missing], [], waitRanOut: true).IsOpen, Gate.Decide([Pass, missing], [], waitRanOut: true).Exit));
        Assert.Equal("The wait ran out. user tags: rows: 10 where 100 expected.", Gate.Decide([Pass, Bad], [], waitRanOut: true).Reason);
    }

    [Fact]
    public void AClosedGateBeforeItKeepsAGateShut()
    {
        var decision = Gate.Decide([Pass], ["upstream"]);
        Assert.Equal((false, GateExit.CouldNotTell), (decision.IsOpen, decision.Exit));
        Assert.Contains("upstream", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void TheWorstOfNoStagesIsCouldNotTell() => Assert.Equal(GateExit.CouldNotTell, Gate.Worst([]));

    [Fact]
    public void AGoodVerdictOpensUntilItIsTooOld()
    {
        var clock = new FixedClock(Some.Now);
        var good = State(isGood: true);
        Assert.True(good.AnswerAt(clock.GetUtcNow(), TimeSpan.FromHours(36)).IsOpen);
        clock.Now += TimeSpan.FromHours(37);
        var old = good.AnswerAt(clock.GetUtcNow(), TimeSpan.FromHours(36));
        Assert.False(old.IsOpen);
        Assert.Contains("37 h old", old.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOverrideOpensAndIsShownAsOneUntilItExpires()
    {
        var state = State(isGood: false) with { Override = new Override("lin", "campaign", Some.Now, Some.Now.AddHours(2)) };
        var opened = state.AnswerAt(Some.Now.AddHours(1), TimeSpan.FromHours(36));
        Assert.Equal((true, true), (opened.IsOpen, opened.ByOverride));
        Assert.Contains("lin", opened.Reason, StringComparison.Ordinal);

        var expired = state.AnswerAt(Some.Now.AddHours(2), TimeSpan.FromHours(36));
        Assert.Equal((false, false, "It is bad."), (expired.IsOpen, expired.ByOverride, expired.Reason));
    }

    static GateState State(bool isGood) => new()
    {
        Plan = "userprofile",
        Date = Some.Date,
        Stage = "tags",
        IsGood = isGood,
        Exit = isGood ? GateExit.Open : GateExit.BadData,
        Reason = isGood ? "All pass." : "It is bad.",
        DecidedAt = Some.Now,
        RunId = 1,
    };
}
