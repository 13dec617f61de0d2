using System.CommandLine;
using System.Globalization;
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
        DateNamed("--date", "Business date, as 2026-01-31 or 20260131. Default: yesterday in the plan's time zone.");

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
        var today = BusinessDay.DueAt(session.Clock.GetUtcNow(), session.Plan.Timezone).AddDays(1);
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
                if (!DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                    result.AddError($"{name} {PlainText.Shown(text, Shown)} is not a date: write it as 2026-01-31.");
                else if (date < BusinessDay.Earliest || date > BusinessDay.Latest)
                    result.AddError(
                        $"{name} {text} is not a business date: these are from {BusinessDay.Earliest:yyyy-MM-dd} to "
                            + $"{BusinessDay.Latest:yyyy-MM-dd}.");
                else
                    return new DateAsked(date);
                return null;
            },
        };

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

/// <summary>A date on the command line. A class: the library's code for options of
/// classes is compiled ahead of time, that for structs is not.</summary>
sealed record DateAsked(DateOnly Date);

/// <summary>A duration on the command line.</summary>
sealed record TimeAsked(TimeSpan Length)
{
    /// <summary>As it would be written: `--help` shows defaults by it.</summary>
    public override string ToString() => Durations.Written(Length);
}
