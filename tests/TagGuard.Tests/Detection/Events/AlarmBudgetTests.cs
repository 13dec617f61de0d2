using FsCheck;
using FsCheck.Fluent;
using TagGuard.Detection.Events;
using TagGuard.Detection.Noise;

namespace TagGuard.Tests.Detection.Events;

/// <summary>Alarms are chosen by how many false ones a morning may have.</summary>
public sealed class AlarmBudgetTests
{
    [Fact]
    public void TheChanceFallsStrictlyAndWithoutSteps()
    {
        var chances = Enumerable.Range(0, 20_001).Select(i => ScoreChance.ChanceOf(0.005 * i)).ToArray();
        Assert.Equal(1, chances[0]);
        Assert.Equal(1e-7, chances[^1], 1e-12);
        Assert.All(chances.Zip(chances.Skip(1)), pair => Assert.InRange(pair.Second / pair.First, 0.99, 1 - 1e-6));
        Assert.Equal(1e-7, ScoreChance.ChanceOf(double.PositiveInfinity));
        Assert.Equal(1, ScoreChance.ChanceOf(double.NaN));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(0.001, 5.838)]
    [InlineData(1e-7, 100)]
    [InlineData(0, 100)]
    public void ChancesTurnBackIntoScores(double chance, double score) => Assert.Equal(score, ScoreChance.ScoreAt(chance), 1e-3);

    [Fact]
    public void ScoresComeBackFromTheirChances()
    {
        for (var score = 0.0; score < 100; score += 0.37)
            Assert.Equal(score, ScoreChance.ScoreAt(ScoreChance.ChanceOf(score)), 1e-9);
    }

    [Fact]
    public void AQuietMorningHasTheBudgetAndABadOneMore()
    {
        var quiet = Enumerable.Range(0, 1000).Select(i => ScoreChance.ScoreAt((i + 0.5) / 1000)).ToArray();
        var choice = AlarmBudget.Choose(quiet, 2);
        Assert.Equal((2, 2), (choice.Count, Math.Round(choice.ExpectedFalse)));
        Assert.Equal(0, AlarmBudget.Choose(quiet, 0).Count);
        // Of 100 faults that score 6, 0.6 are expected among 1,000 clean tags: fewer than 1 in 20.
        double[] bad = [.. quiet.SkipLast(100), .. Enumerable.Repeat(6.0, 100)];
        Assert.InRange(AlarmBudget.Choose(bad, 0.1).Count, 100, 106);
    }

    [Fact]
    public void NothingUsualIsToldWhateverTheBudget()
    {
        var choice = AlarmBudget.Choose([1, 2, 3.9, double.NaN, 4.5], 100);
        Assert.Equal((1, AlarmBudget.LeastScore), (choice.Count, choice.Threshold));
        Assert.Equal(200, 1 / ScoreChance.ChanceOf(AlarmBudget.LeastScore), 1e-6);
        Assert.Equal(0, AlarmBudget.Choose([], 1).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => AlarmBudget.Choose([1], double.NaN));
    }

    [Fact]
    public void TheChoiceKeepsItsPromise() =>
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                Arb.From(
                    from scores in Gen.ArrayOf(
                        Gen.Frequency((9, Gen.Choose(0, 400)), (1, Gen.Choose(0, 9000)), (1, Gen.Constant(-1)))
                            .Select(value => value < 0 ? double.NaN : value / 100.0))
                    from budget in Gen.Elements(0, 0.01, 0.1, 0.5, 1, 5)
                    select (scores, budget)),
                given =>
                {
                    var (scores, budget) = given;
                    var choice = AlarmBudget.Choose(scores, budget);
                    Assert.Equal(choice.Count, scores.Count(score => score >= choice.Threshold));
                    Assert.True(choice.Threshold >= AlarmBudget.LeastScore);
                    Assert.InRange(choice.ExpectedFalse, 0, Math.Max(budget, AlarmBudget.FalseShare * choice.Count) + 1e-9 + 1e-7 * scores.Length);
                    Assert.True(AlarmBudget.Choose(scores, 2 * budget).Count >= choice.Count);
                }));
}
