using System.CommandLine;
using TagGuard.Runs;

namespace TagGuard.Jobs.Options;

/// <summary>`--wait-lock`, and for verbs that can wait for the upstream `--wait` and `--poll`.</summary>
sealed class WaitOptions(bool waitsForStage)
{
    static readonly TimeSpan LeastPoll = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestPoll = TimeSpan.FromDays(1);

    readonly Option<TimeAsked> _lock = CommonOptions.WaitLock();
    readonly Option<TimeAsked> _wait = CommonOptions.Duration(
        "--wait",
        "How long to wait for the upstream to hold (2h); exit 75 when it runs out. Default: one look.",
        TimeSpan.Zero);
    readonly Option<TimeAsked> _poll = CommonOptions.Duration(
        "--poll",
        "From one look to the next while waiting. Default 30s.",
        TimeSpan.FromSeconds(30));

    public void AddTo(Command command)
    {
        command.Options.Add(_lock);
        if (!waitsForStage)
            return;
        command.Options.Add(_wait);
        command.Options.Add(_poll);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="stage">The stage that `--wait` is about.</param>
    /// <exception cref="UsageException">The looks are too close together, or too far apart.</exception>
    public Patience Of(ParseResult parsed, string stage)
    {
        var patience = new Patience(parsed.GetValue(_lock)!.Length);
        if (!waitsForStage)
            return patience;
        var poll = parsed.GetValue(_poll)!.Length;
        if (poll > LongestPoll)
            throw new UsageException("--poll must be 1d or shorter: nothing is seen between two looks.");
        return poll >= LeastPoll
            ? patience with { Stage = stage, ForStage = parsed.GetValue(_wait)!.Length, Poll = poll }
            : throw new UsageException("--poll must be 1s or longer: each look asks every system that is waited for.");
    }
}
