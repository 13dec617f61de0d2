using System.Diagnostics;
using System.Globalization;
using TagGuard.RealServerTests.MySql;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd.Crashes;

/// <summary>Rounds of: run a date, kill something at a random moment, look at what is left, repeat the date, look again.</summary>
/// <param name="site">What is killed.</param>
/// <param name="kill">Kills, by SIGKILL; the process is that of the run.</param>
/// <param name="exits">How a run may end that met the kill.</param>
/// <param name="seed">Of the moments.</param>
sealed class CrashRounds(CrashSite site, Func<Process, Task> kill, IReadOnlyList<int> exits, int seed)
{
    /// <summary>How many rounds there are, of the program's and of the server's together, when it is more than usual.</summary>
    const string Variable = "TAGGUARD_CRASH_ROUNDS";

    const int Usual = 52;

    readonly Random _random = new(seed);

    Dictionary<string, string> _complete = [];
    IReadOnlyList<(string Of, long Rows, long Once)> _counts = [];
    TimeSpan _length;

    /// <summary>How many rounds are played: half of all.</summary>
    public static int Count { get; } =
        Math.Max(Usual, int.Parse(Environment.GetEnvironmentVariable(Variable) ?? "0", CultureInfo.InvariantCulture)) / 2;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What a round met.</summary>
    /// <param name="Exit">How the run ended.</param>
    /// <param name="Began">Whether it had begun, so that its gates were closed: 0 or 1.</param>
    /// <param name="Saved">How many stages it had saved.</param>
    /// <param name="AskedAgain">Whether a source did not answer and was asked again.</param>
    public sealed record Met(int Exit, long Began, long Saved, bool AskedAgain);

    /// <summary>Plays them, each on a date of its own, so that no gate that was opened before can hide a fault.</summary>
    /// <remarks>
    /// Round i of n kills in the i-th of n equal parts of a run, so that all of it is met. How long a run takes is what the last one took that nobody
    /// disturbed, for other tests come and go beside this one.
    /// </remarks>
    public async Task<IReadOnlyList<Met>> PlayAsync()
    {
        await LearnAsync(CrashSite.DateOf(0));
        var met = new List<Met>();
        for (var round = 1; round <= Count; round++)
        {
            var (date, moment) = (CrashSite.DateOf(round), (round - 1 + _random.NextDouble()) / Count * _length);
            var told = $"Round {round} of {Count} (seed {seed}), {date}: killed {moment.TotalMilliseconds:0} ms after the start of a run that takes "
                + $"{_length.TotalMilliseconds:0} ms";
            try
            {
                met.Add(await RoundAsync(date, moment));
                TestContext.Current.TestOutputHelper?.WriteLine($"{told}: {met[^1]}");
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                throw new InvalidOperationException($"{told}.\n{fault.Message}", fault);
            }
        }
        return met;
    }

    /// <summary>What a run leaves that nobody disturbed, and how long it takes.</summary>
    async Task LearnAsync(string date)
    {
        var run = await WholeRunAsync(date);
        await using var connection = await site.LookAsync();
        var tables = new CrashTables(connection, date);
        (_complete, _counts) = (await tables.OpenAsync(), await tables.CountsAsync());
        var told = run.Line["stages"]!.AsArray().Select(stage => ((string)stage!["stage"]!, (int)stage["verdicts"]!));
        Assert.Equal(told, CrashSite.Stages.Select(stage => (stage, CrashTables.Count(_complete[stage]))));
        Assert.Equal(CrashTables.Counted, _counts.Select(count => count.Of));
        Assert.All(_counts, count => Assert.Equal((count.Of, count.Once), (count.Of, count.Rows)));
    }

    async Task<Met> RoundAsync(string date, TimeSpan moment)
    {
        Met? met = null;
        var looks = await new GateWatch(site, date, OpenIsComplete).DuringAsync(async () =>
        {
            met = await LeftAsync(date, await KilledRunAsync(date, moment));
            File.Delete(site.ReportOf(date));
            await WholeRunAsync(date);
        });
        Assert.True(looks > 0, "Nobody looked at the gates.");
        await NothingIsDoubledAsync(date);
        return met!;
    }

    async Task<Outcome> KilledRunAsync(string date, TimeSpan moment)
    {
        using var run = site.Tagguard.Start("run", "--date", date);
        await Task.Delay(moment, Token);
        await kill(run);
        var outcome = await Tagguard.EndOfAsync(run);
        Assert.True(exits.Contains(outcome.Exit), $"Exit {outcome.Exit}.\n{outcome.Error}");
        // That is how a fault of the program itself is told.
        Assert.DoesNotContain("TagGuard failed", outcome.Error, StringComparison.Ordinal);
        return outcome;
    }

    async Task<Outcome> WholeRunAsync(string date)
    {
        var clock = Stopwatch.StartNew();
        var run = (await site.Tagguard.RunAsync("run", "--date", date)).Expect(0);
        _length = clock.Elapsed;
        return run;
    }

    /// <summary>Each gate is open with all verdicts, or closed; and the program says of it what the dashboards' column says.</summary>
    async Task<Met> LeftAsync(string date, Outcome run)
    {
        await using var connection = await site.LookAsync();
        await connection.UntilNetworkIsQuietAsync();
        var tables = new CrashTables(connection, date);
        var open = await tables.OpenAsync();
        OpenIsComplete(open);
        var gates = await Task.WhenAll(CrashSite.Stages.Select(stage => site.Tagguard.RunAsync("gate", "--date", date, "--stage", stage)));
        foreach (var (stage, gate) in CrashSite.Stages.Zip(gates))
            gate.Expect(open.ContainsKey(stage) ? 0 : 2);
        if (run.Exit is 0 or 2)
            Assert.Equal(run.Exit == 0, open.Count == CrashSite.Stages.Count);
        var (began, saved) = await tables.ReachedAsync();
        return new Met(run.Exit, began, saved, run.Error.Contains("trying again in", StringComparison.Ordinal));
    }

    /// <summary>
    /// After the repeat: every gate open, everything there once, and a report. What was saved before the kill was whole, or closed its gate because
    /// something stayed away until nobody asked again: then one verdict stands for all that could not be told.
    /// </summary>
    async Task NothingIsDoubledAsync(string date)
    {
        await using var connection = await site.LookAsync();
        var tables = new CrashTables(connection, date);
        Assert.Equal(_complete, await tables.OpenAsync());
        Assert.Equal(_counts, await tables.CountsAsync());
        Assert.All((await tables.SavesAsync()).Where(save => save.Exit != 2), save => Assert.Equal((save.Stage, 0, _complete[save.Stage]), save));
        var report = await File.ReadAllTextAsync(site.ReportOf(date), Token);
        Assert.All([date, .. CrashSite.Stages, "</html>"], part => Assert.Contains(part, report, StringComparison.Ordinal));
    }

    void OpenIsComplete(Dictionary<string, string> open) =>
        Assert.All(open, gate => Assert.Equal((gate.Key, _complete[gate.Key]), (gate.Key, gate.Value)));
}
