using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Rendering;
using TagGuard.Reports;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Facts;

/// <summary>What nobody has decided about a verdict is the worst: never a green tick, never an open gate.</summary>
public sealed class VerdictTests
{
    const Verdict OfALaterVersion = (Verdict)9;

    static readonly Judgement Judgement = Some.Judgement(Some.Rows, OfALaterVersion, Finding.Drop);

    [Fact]
    public void ANewVerdictMustBeDecidedHereFirst() =>
        // Then: what closes a gate (Judgement.ClosesGate, Gate), how it counts (VerdictCounts), what it looks like (Rendering/Words, both languages).
        Assert.Equal(["Pass", "Warn", "Unknown", "Fail"], Enum.GetNames<Verdict>());

    [Fact]
    public void AnUnknownVerdictClosesTheGateAsBadData()
    {
        var decision = Gate.Decide([Judgement], []);
        Assert.Equal((false, GateExit.BadData), (decision.IsOpen, decision.Exit));
    }

    [Fact]
    public void AnUnknownVerdictCountsAsAFail() => Assert.Equal(new VerdictCounts(Fail: 1, Unknown: 0, Warn: 0, Pass: 0), VerdictCounts.Of([Judgement]));

    [Fact]
    public void AnUnknownVerdictLooksLikeAFail() =>
        Assert.Equal((Words.ClassOf(Verdict.Fail), Words.SignOf(Verdict.Fail)), (Words.ClassOf(OfALaterVersion), Words.SignOf(OfALaterVersion)));

    [Fact]
    public void EachVerdictLooksDifferent() => Assert.Distinct(Enum.GetValues<Verdict>().Select(verdict => (Words.ClassOf(verdict), Words.SignOf(verdict))));
}
