using System.CommandLine;
using System.Globalization;

namespace TagGuard.Jobs.Options;

/// <summary>Options that mean the same in every verb.</summary>
static class CommonOptions
{
    public static Option<bool> Verbose { get; } = new("--verbose") { Description = "Show where an error came from.", Recursive = true };

    /// <summary>The plan; TAGGUARD_PLAN stands in for it.</summary>
    public static Option<FileInfo> Plan() => new("--plan", "-p")
    {
        Description = "The plan (YAML). Default: the environment's TAGGUARD_PLAN, else tagguard.yaml.",
        DefaultValueFactory = _ => new FileInfo(Environment.GetEnvironmentVariable("TAGGUARD_PLAN") ?? "tagguard.yaml"),
    };

    public static Option<bool> DryRun() => new("--dry-run") { Description = "Only print what would be asked, with the date filled in. Touches no system; exit 0." };

    /// <summary>The business date; by default the day before today in the plan's time zone.</summary>
    public static Option<DateAsked?> Date() => DateNamed("--date", "Business date, as 2026-01-31 or 20260131. Default: yesterday in the plan's time zone.");

    public static Option<DateAsked?> DateNamed(string name, string help) => new(name)
    {
        Description = help,
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return new DateAsked(date);
            result.AddError($"{name} {result.Tokens[0].Value} is no date: write it as 2026-01-31.");
            return null;
        },
    };

    /// <summary>How long to wait for another run of the same date.</summary>
    public static Option<TimeAsked> WaitLock() => Duration("--wait-lock", "How long to wait for another run of the same date (30s, 10m, 2h).", TimeSpan.Zero);

    public static Option<TimeAsked> Duration(string name, string help, TimeSpan byDefault) => new(name)
    {
        Description = help,
        DefaultValueFactory = _ => new TimeAsked(byDefault),
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount >= 0)
            {
                switch (text[^1])
                {
                    case 's': return new TimeAsked(TimeSpan.FromSeconds(amount));
                    case 'm': return new TimeAsked(TimeSpan.FromMinutes(amount));
                    case 'h': return new TimeAsked(TimeSpan.FromHours(amount));
                    case 'd': return new TimeAsked(TimeSpan.FromDays(amount));
                }
            }
            result.AddError($"{name} {text} is no duration: write 30s, 10m, 2h or 1d.");
            return null;
        },
    };
}

/// <summary>A date on the command line. A class: the library's code for options of classes is compiled ahead of time, that for structs is not.</summary>
sealed record DateAsked(DateOnly Date);

/// <summary>A duration on the command line.</summary>
sealed record TimeAsked(TimeSpan Length);
