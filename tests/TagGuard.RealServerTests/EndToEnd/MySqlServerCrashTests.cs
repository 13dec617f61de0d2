using TagGuard.RealServerTests.EndToEnd.Crashes;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The server that holds the program's tables and sources, killed (-9) anywhere in a run, and started again.</summary>
public sealed class MySqlServerCrashTests(MariaDb mariaDb)
{
    /// <remarks>
    /// The run exits with 5, when the tables were away just as it needed them; with 0, when nobody needed the server then, or only a source, which is asked again;
    /// and with 2, when a source stayed away until nobody asked again, and the tables came back in time for the verdict that it cannot be told.
    /// </remarks>
    [Fact]
    public async Task AKilledServerLeavesNoGateOpenWithoutAllVerdictsAndTheRepeatDoublesNothing()
    {
        await using var site = await CrashSite.BuildAsync(mariaDb, CrashRounds.Count + 1);
        var rounds = new CrashRounds(site, _ => site.Server.RestartAsync(), exits: [0, 2, 5], seed: 20111115);

        var met = await rounds.PlayAsync();

        Assert.Contains(met, round => round is { Exit: 5, Saved: 0 });
        Assert.Contains(met, round => round is { Exit: 5, Saved: > 0 });
        Assert.Contains(met, round => round is { AskedAgain: true });
    }
}
