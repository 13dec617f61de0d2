namespace TagGuard.Detection.Events;

/// <summary>Tells a copy of yesterday by evidence: of a stock a part repeats its count
/// every day, so the tags that seldom do count for more.</summary>
/// <remarks>
/// A tag counts as -ln of its chance to repeat on such a weekday. A copy is where nearly all that evidence repeats, clearly more of it than on any
/// such weekday of eight weeks: a source that rests on Sundays repeats itself on every one.
/// </remarks>
static class RepeatEvidence
{
    const int Weeks = 8;

    /// <summary>No tag repeats less often than this, so none counts for more than -ln of it.</summary>
    const double RarestRepeat = 0.02;

    /// <summary>Weeks that a tag's repetitions on any weekday count for beside those on today's.</summary>
    const double WeeksBelieved = 2;

    const int MinTags = 8;
    const double MinEvidence = 5;
    const double MinShare = 0.9;
    const double AboveOtherWeeks = 0.1;

    public static bool IsCopy(ReadOnlySpan<TagResult> tags)
    {
        var (all, today) = (0.0, 0.0);
        Span<double> weeks = stackalloc double[Weeks];
        weeks.Clear();
        foreach (ref readonly var tag in tags)
        {
            var weight = WeightOf(tag);
            all += weight;
            today += tag.IsAsYesterday && tag.Value > 0 ? weight : 0;
            for (var week = 0; week < Weeks; week++)
                weeks[week] += (tag.WeeksRepeated >> week & 1) * weight;
        }
        var most = 0.0;
        foreach (var week in weeks)
            most = Math.Max(most, week);
        return tags.Length >= MinTags && all > MinEvidence && today > MinShare * all && today > most + AboveOtherWeeks * all;
    }

    static double WeightOf(in TagResult tag)
    {
        var chance = (tag.Weekdays.Repeats + WeeksBelieved * tag.UsualRepeats) / (tag.Weekdays.Known + WeeksBelieved);
        return -Math.Log(Math.Clamp(chance, RarestRepeat, 1));
    }
}
