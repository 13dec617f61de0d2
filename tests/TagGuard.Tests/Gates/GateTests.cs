using TagGuard.Facts;
using TagGuard.Gates;
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
            Assert.Equal(
                (false, GateExit.NotReady),
                (Gate.Decide([Pass, missing], [], waitRanOut: true).IsOpen, Gate.Decide([Pass, missing], [], waitRanOut: true).Exit));
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
}
