using TagGuard.RealServerTests.EndToEnd.Crashes;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The program, with its tables and sources on MySQL, killed (-9) anywhere in a run. For the server, see
/// <see cref="MySqlServerCrashTests"/>.</summary>
public sealed class MySqlCrashTests(MariaDb mariaDb)
{
    /// <remarks>It exits with 137, which is SIGKILL; or with 0, when it ended before.</remarks>
    [Fact]
    public async Task AKilledRunLeavesNoGateOpenWithoutAllVerdictsAndItsRepeatDoublesNothing()
    {
        await using var site = await CrashSite.BuildAsync(mariaDb, CrashRounds.Count + 1);
        var rounds = new CrashRounds(
            site,
            run =>
            {
                run.Kill();
                return Task.CompletedTask;
            },
            exits: [137, 0],
            seed: 20260210);

        var met = await rounds.PlayAsync();

        Assert.Contains(met, round => round is { Began: 0 });
        Assert.Contains(met, round => round is { Began: 1, Saved: 0 });
        Assert.Contains(met, round => round is { Exit: 137, Saved: > 0 });
    }
}
