using System.CommandLine;
using TagGuard.Application;
using TagGuard.Facts;
using TagGuard.Keys;

namespace TagGuard.Jobs.Options;

/// <summary>Options that mean the same in every verb.</summary>
static class CommonOptions
{
    /// <summary>Characters of a wrong value that are told.</summary>
    public const int Shown = 60;

    public static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show where an error came from, and what clusters log while they work.",
        Recursive = true,
    };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "Say on stderr only what is closed, warns or fails. Changes neither stdout nor the log.",
        Recursive = true,
    };

    public static Option<FileInfo?> LogFile { get; } = new("--log-file")
    {
        Description = "Add what is said on stderr, with times, to this file as well.",
        Recursive = true,
    };

    /// <summary>The plan; TAGGUARD_PLAN stands in for it.</summary>
    public static Option<FileInfo> Plan() => new("--plan", "-p")
    {
        Description = "The plan (YAML). Default: the environment's TAGGUARD_PLAN, else tagguard.yaml.",
        DefaultValueFactory = _ => new FileInfo(Environment.GetEnvironmentVariable("TAGGUARD_PLAN") ?? "tagguard.yaml"),
    };

    public static Option<bool> DryRun() =>
        new("--dry-run") { Description = "Only print what would be asked, with the date filled in. Touches no system; exit 0." };

    /// <summary>The business date; by default the day before today in the plan's time zone.</summary>
    public static Option<DateAsked?> Date() =>
        DateNamed("--date", "Business date: 2026-01-31, yesterday, today, or -2 (the day before yesterday), in the plan's time zone. Default: "
            + "yesterday.");

    /// <summary>Lets a date be judged that has not begun.</summary>
    public static Option<bool> Future() =>
        new("--future") { Description = "Also judge a date after today in the plan's time zone." };

    /// <summary>A slip in a year's digits would fill the store with verdicts on days that have no data.</summary>
    /// <param name="session">The plan.</param>
    /// <param name="name">The option that names the date.</param>
    /// <param name="date">The newest date to judge.</param>
    /// <param name="isMeant">Whether `--future` was given.</param>
    /// <exception cref="UsageException">The date is after today, and nobody said that this is meant.</exception>
    public static void RefuseFuture(PlanSession session, string name, DateOnly date, bool isMeant)
    {
        var today = session.Today;
        if (date > today && !isMeant)
            throw new UsageException($"{name} {date:yyyy-MM-dd} is after today, {today:yyyy-MM-dd} in {session.Plan.Timezone.Id}: there is nothing "
                + "to judge yet. If it is meant, add --future.");
    }

    public static Option<DateAsked?> DateNamed(string name, string help) =>
        new(name)
        {
            Description = help,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var asked = DateAsked.Read(text);
                if (asked is null)
                    result.AddError($"{name} {PlainText.Shown(text, Shown)} is not a date: write it as 2026-01-31, yesterday, today, or -2 for the "
                        + "day before yesterday.");
                else if (!asked.IsBusinessDate)
                    result.AddError(
                        $"{name} {text} is not a business date: these are from {BusinessDay.Earliest:yyyy-MM-dd} to "
                            + $"{BusinessDay.Latest:yyyy-MM-dd}.");
                else
                    return asked;
                return null;
            },
        };

    /// <summary>The date that was asked for; yesterday when none was.</summary>
    public static DateOnly DayOf(PlanSession session, DateAsked? asked) => asked?.In(session) ?? session.DateOr(null);

    /// <summary>How long to wait for another run of the same date.</summary>
    public static Option<TimeAsked> WaitLock() =>
        Duration("--wait-lock", "How long to wait for another run of the same date (30s, 10m, 2h).", TimeSpan.Zero);

    public static Option<TimeAsked> Duration(string name, string help, TimeSpan byDefault) => new(name)
    {
        Description = help,
        DefaultValueFactory = _ => new TimeAsked(byDefault),
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Durations.Parse(text, out var length) is not { } mistake)
                return new TimeAsked(length);
            result.AddError($"{name} {PlainText.Shown(text, Shown)} is not a duration such as 30s, 10m, 1.5h, 1h30m or 2d: {mistake}");
            return null;
        },
    };
}

/// <summary>A duration on the command line.</summary>
sealed record TimeAsked(TimeSpan Length)
{
    /// <summary>As it would be written: `--help` shows defaults by it.</summary>
    public override string ToString() => Durations.Written(Length);
}
