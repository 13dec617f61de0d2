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
        // Then: what closes a gate (Judgement.ClosesGate, Gate), how it counts (VerdictCounts),
        // what it looks like (Rendering/Signs, Phrases/*/outcome.txt).
        Assert.Equal(["Pass", "Warn", "Unknown", "Fail"], Enum.GetNames<Verdict>());

    [Fact]
    public void AnUnknownVerdictClosesTheGateAsBadData()
    {
        var decision = Gate.Decide([Judgement], []);
        Assert.Equal((false, GateExit.BadData), (decision.IsOpen, decision.Exit));
    }

    [Fact]
    public void AnUnknownVerdictCountsAsAFail() =>
        Assert.Equal(new VerdictCounts(Fail: 1, Unknown: 0, Warn: 0, Pass: 0), VerdictCounts.Of([Judgement]));

    [Fact]
    public void AnUnknownVerdictLooksLikeAFail() =>
        Assert.Equal((Signs.ClassOf(Verdict.Fail), Signs.Of(Verdict.Fail)), (Signs.ClassOf(OfALaterVersion), Signs.Of(OfALaterVersion)));

    [Fact]
    public void EachVerdictLooksDifferent() =>
        Assert.Distinct(Enum.GetValues<Verdict>().Select(verdict => (Signs.ClassOf(verdict), Signs.Of(verdict))));
}
