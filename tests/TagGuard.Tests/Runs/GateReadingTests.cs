using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Runs;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Runs;

public sealed class GateReadingTests
{
    static readonly GateReading Reading = new(
        Some.Date, [Answer("upstream", GateStanding.NotReady), Answer("tags", GateStanding.Held), Answer("sync", GateStanding.Open)]);

    [Fact]
    public void SeveralGatesAreAsOpenAsTheWorstOfThem()
    {
        Assert.Equal((false, GateExit.CouldNotTell), (Reading.IsOpen, Reading.Exit));
        Assert.Equal(GateExit.NotReady, Reading.Only(["sync", "upstream"]).Exit);
        Assert.True(Reading.Only(["sync"]).IsOpen);
    }

    [Fact]
    public void NoGateIsNotAnOpenOne()
    {
        Assert.Equal((false, GateExit.CouldNotTell), (Reading.Only([]).IsOpen, Reading.Only(["no such stage"]).Exit));
        Assert.False(new GateReading(Some.Date, []).IsOpen);
    }

    [Fact]
    public void WhatIsClosedBeforeAStageIsInTheOrderOfThePlan()
    {
        Assert.Empty(Reading.ClosedBefore("upstream"));
        Assert.Equal(["upstream", "tags"], Reading.ClosedBefore("sync"));
    }

    static GateAnswer Answer(string stage, GateStanding standing) => new(
        stage,
        standing,
        standing switch { GateStanding.Open => GateExit.Open, GateStanding.NotReady => GateExit.NotReady, _ => GateExit.CouldNotTell },
        Phrase.Text(""),
        null);
}
