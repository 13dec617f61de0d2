using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TagGuard.Facts;
using TagGuard.Keys;

namespace TagGuard.Plans;

/// <summary>An event of the user's own: on one date, or again and again.</summary>
public sealed record CalendarEventPlan : IPlanPart
{
    const int ShortestMonth = 28;

    [Required, PlanKey("What the day is called in reports.", Example = "Singles' Day")]
    public string Name { get; init; } = "";

    [PlanKey("What sort of day it is: a free word, for `effects`. Default event.", Example = "shopping")]
    public string Kind { get; init; } = "event";

    [PlanKey("Its date, when it comes once.", Example = "2026-11-11")]
    public DateOnly? Date { get; init; }

    [PlanKey("Its last date, when it takes several days from `date` on.", Example = "2026-11-12")]
    public DateOnly? Until { get; init; }

    [PlanKey("Its month and day, when it comes every year.", Example = "06-18")]
    public string? Every { get; init; }

    [
        PlanKey("Its day of the month, when it comes every month: 31 only in months that long, -1 is the last day of each.", Example = "1"),
        Range(-1, 31)
    ]
    public int? DayOfMonth { get; init; }

    [PlanKey("Its weekdays, when it comes every week. They stay in baselines, which compare a weekday with its own kind.")]
    public IReadOnlyList<DayOfWeek> Weekdays { get; init; } = [];

    [PlanKey("Days before it that it touches as well. Default 0.", Example = "1"), Range(0, 60)]
    public int DaysBefore { get; init; }

    [PlanKey("Days after it that it touches as well. Default 0.", Example = "2"), Range(0, 60)]
    public int DaysAfter { get; init; }

    [PlanKey(
        "What it does to the judgements of its days. Default: what `effects` says of its kind, else `effect` of the calendar.",
        Example = "exclude")]
    public CalendarEffect? Effect { get; init; }

    /// <summary>Whether it is on a date itself, days before and after left aside.</summary>
    public bool FallsOn(DateOnly date) =>
        (Date is { } from && date >= from && date <= (Until ?? from))
        || Every == date.ToString("MM-dd", CultureInfo.InvariantCulture)
        || DayOfMonth == date.Day
        || (DayOfMonth == -1 && date.Day == DateTime.DaysInMonth(date.Year, date.Month))
        || Weekdays.Contains(date.DayOfWeek);

    public IEnumerable<KeyMistake> Mistakes()
    {
        var given = Given().ToList();
        if (given.Count == 0)
            yield return (
                null,
                $"Event \"{Name}\" has no day: add one of `date: 2026-11-11`, `every: \"11-11\"`, `day_of_month: 1`, `weekdays: [sunday]`.");
        else if (given.Count > 1)
            yield return (given[1], $"Event \"{Name}\" has `{given[0]}` and `{given[1]}`: make an event of each.");
        if (string.IsNullOrWhiteSpace(Kind))
            yield return ("kind", "An event's `kind` cannot be blank: write a word such as shopping, or take the line out.");
        if (Until is { } until && (Date is not { } from || until < from || until.DayNumber - from.DayNumber > 366))
            yield return ("until", "`until` is the last day of an event that begins on `date`: not before it, and not more than a year later.");
        if (Every is { } every && !DateOnly.TryParseExact($"2024-{every}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            yield return ("every", $"`{every}` is not a day of a year: write month and day, such as `every: \"06-18\"`.");
        if (DayOfMonth == 0)
            yield return ("day_of_month", "A month has no day 0: write 1 to 31, or -1 for its last day.");
        if (Weekdays.Count > 0 && DaysBefore + DaysAfter > 0)
            yield return (
                DaysBefore > 0 ? "days_before" : "days_after",
                "Days before and after a weekday are weekdays as well: add them to `weekdays`.");
        if (DayOfMonth is not null && DaysBefore + DaysAfter + 1 >= ShortestMonth)
            yield return (
                "day_of_month",
                $"With {DaysBefore} days before and {DaysAfter} after, this is every day of a month, so no day would be left for baselines: "
                    + "use fewer.");
    }

    IEnumerable<string> Given()
    {
        if (Date is not null)
            yield return "date";
        if (Every is not null)
            yield return "every";
        if (DayOfMonth is not null)
            yield return "day_of_month";
        if (Weekdays.Count > 0)
            yield return "weekdays";
    }
}
