using TagGuard.RealServerTests.EndToEnd.Crashes;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The server that holds the program's tables and sources, killed (-9) anywhere in a run, and started again.</summary>
public sealed class MySqlServerCrashTests(MariaDb mariaDb)
{
    /// <remarks>
    /// The server is back at once, but for every sixth round, in which it stays away until the run has given up. The run exits with 5, when it lost a
    /// transaction or the tables stayed away; with 0, when nobody needed the server then, or it was back when asked again; and with 2, when a source
    /// or the history stayed away until nobody asked again, and the tables came back in time for the verdict that it cannot be told.
    /// </remarks>
    [Fact]
    public async Task AKilledServerLeavesNoGateOpenWithoutAllVerdictsAndTheRepeatDoublesNothing()
    {
        await using var site = await CrashSite.BuildAsync(mariaDb, CrashRounds.Count + 1);
        var killed = 0;
        var rounds = new CrashRounds(
            site,
            async run =>
            {
                await site.Server.KillAsync();
                if (++killed % 6 == 3)
                    await run.WaitForExitAsync(TestContext.Current.CancellationToken);
                await site.Server.RestartAsync();
            },
            exits: [0, 2, 5],
            seed: 20111115);

        var met = await rounds.PlayAsync();

        Assert.Contains(met, round => round is { Exit: 5, Saved: 0 });
        Assert.Contains(met, round => round is { Exit: 5, Saved: > 0 });
        Assert.Contains(met, round => round is { AskedAgain: true });
    }
}
