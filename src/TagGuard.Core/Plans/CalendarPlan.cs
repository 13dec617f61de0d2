using TagGuard.Facts;
using TagGuard.Keys;

namespace TagGuard.Plans;

/// <summary>`calendar`: days that are not like others, and what that means for the judgements. All of them are kept out of baselines.</summary>
public sealed record CalendarPlan : IPlanPart
{
    const double WidestSensible = 10;

    [PlanKey("Countries whose holidays come with the program (calendars/), by their two letters.", Example = "[CN]")]
    public IReadOnlyList<string> Countries { get; init; } = [];

    [PlanKey("CSV files of your own with the columns date, name and kind.", Example = "[campaigns.csv]")]
    public IReadOnlyList<string> Files { get; init; } = [];

    [PlanKey(
        "What a day does: `exclude` compares no counts with other days, `widen` lets them lie further off, `report_only` tells but closes no gate. "
            + "Default widen.",
        Example = "widen")]
    public CalendarEffect Effect { get; init; } = CalendarEffect.Widen;

    [PlanKey("The effect of days of one kind (`holiday`, `workday`, …), where it is another.")]
    public IReadOnlyDictionary<string, CalendarEffect> Effects { get; init; } = new Dictionary<string, CalendarEffect>();

    [PlanKey("How many times as far a count may lie from what is expected on a widened day. Default 2.", Example = "2")]
    public double Widen { get; init; } = Calendar.DefaultWidening;

    [PlanKey("Events of your own.")]
    public IReadOnlyList<CalendarEventPlan> Events { get; init; } = [];

    /// <summary>What came of all this: filled in by the reader, which alone reads files. A gate never asks, and makes none.</summary>
    [PlanIgnore]
    public Calendar Days { get => field ?? Calendar.None; init; }

    /// <summary>The calendar of this plan.</summary>
    /// <param name="listed">The days of each file, in any order.</param>
    public Calendar With(IReadOnlyList<IReadOnlyList<NamedDay>> listed) => new(
        listed.SelectMany(file => file).Select(day => new CalendarDay(day.Date, day.Name, day.Kind, EffectOf(day.Kind))),
        [.. Events.Select(each => (Func<DateOnly, CalendarDay?>)new CalendarEvent(each, each.Effect ?? EffectOf(each.Kind)).On)],
        Widen)
    {
        KnownUntil = listed.Where(file => file.Count > 0).Select(EndOf).Cast<DateOnly?>().Min(),
    };

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Countries.Count + Files.Count + Events.Count == 0)
            yield return (null, "The calendar lists no day: add `countries: [CN]`, `files:` or `events:`, or take it out.");
        if (!(Widen > 1) || Widen > WidestSensible)
            yield return (
                "widen",
                $"widen {Widen} is how many times as far a count may lie: above 1 and at most {WidestSensible}, such as 2. To let every count pass, "
                    + "use `effect: exclude`.");
    }

    CalendarEffect EffectOf(string kind) => Effects.TryGetValue(kind, out var effect) ? effect : Effect;

    /// <summary>Files are made for whole years: the last holiday of a year is not its end.</summary>
    static DateOnly EndOf(IReadOnlyList<NamedDay> file) => new(file.Max(day => day.Date).Year, 12, 31);
}
