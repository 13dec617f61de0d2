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

    /// <summary>The business date; by default the day before today in the plan's time zone.</summary>
    public static Option<DateOnly?> Date() => DateNamed("--date", "Business date, as 2026-01-31 or 20260131. Default: yesterday in the plan's time zone.");

    public static Option<DateOnly?> DateNamed(string name, string help) => new(name)
    {
        Description = help,
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return date;
            result.AddError($"{name} {result.Tokens[0].Value} is no date: write it as 2026-01-31.");
            return null;
        },
    };

    /// <summary>How long to wait for another run of the same date.</summary>
    public static Option<TimeSpan> WaitLock() => Duration("--wait-lock", "How long to wait for another run of the same date (30s, 10m, 2h).", TimeSpan.Zero);

    public static Option<TimeSpan> Duration(string name, string help, TimeSpan byDefault) => new(name)
    {
        Description = help,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var amount) && amount >= 0)
            {
                switch (text[^1])
                {
                    case 's': return TimeSpan.FromSeconds(amount);
                    case 'm': return TimeSpan.FromMinutes(amount);
                    case 'h': return TimeSpan.FromHours(amount);
                    case 'd': return TimeSpan.FromDays(amount);
                }
            }
            result.AddError($"{name} {text} is no duration: write 30s, 10m, 2h or 1d.");
            return default;
        },
    };
}
