using System.Globalization;
using TagGuard.Application;
using TagGuard.Facts;

namespace TagGuard.Jobs.Options;

/// <summary>A date on the command line: one of the calendar, or so many days from today, which is known when the plan says in which zone.</summary>
// A class: the library's code for options of classes is compiled ahead of time, that for structs is not.
sealed record DateAsked
{
    /// <summary>Days that may be counted back: more is a slip.</summary>
    const int MostDaysAgo = 36_600;

    DateOnly? _date;
    int _fromToday;

    DateAsked()
    {
    }

    /// <summary>Reads `2026-01-31`, `20260131`, `yesterday`, `today` or `-2`, the day before yesterday; null when it is none of these.</summary>
    public static DateAsked? Read(string text) => text switch
    {
        "today" => new DateAsked(),
        "yesterday" => new DateAsked { _fromToday = -1 },
        ['-', ..] when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) && days >= -MostDaysAgo =>
            new DateAsked { _fromToday = days },
        _ when DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) =>
            new DateAsked { _date = date },
        _ => null,
    };

    /// <summary>Whether it can be a business date.</summary>
    public bool IsBusinessDate => _date is not { } date || (date >= BusinessDay.Earliest && date <= BusinessDay.Latest);

    /// <summary>The date, by the clock in the plan's zone.</summary>
    public DateOnly In(PlanSession session) => _date ?? session.Today.AddDays(_fromToday);
}
