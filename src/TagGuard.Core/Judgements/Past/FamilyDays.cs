using TagGuard.Facts;

namespace TagGuard.Judgements.Past;

/// <summary>Users of families are compared with those of days on which families were made as they are now: after the plan says otherwise, a family of
/// the same name is another one.</summary>
public static class FamilyDays
{
    /// <summary>The batch with those days alone, and the day since when families are made like this.</summary>
    public static Batch In(Batch batch)
    {
        var marks = MarksOf(batch.Check, batch.History);
        var today = batch.Today.OfType<Measurement.Taken>().FirstOrDefault(taken => taken.Series.Metric == Metrics.FamilyMark)?.Value ?? 0;
        var isOther = today != batch.Families.Mark && batch.Today.Any(measurement => measurement.Series.IsFamily);
        return batch with
        {
            History = Comparable(batch.Check, batch.History, batch.Families),
            Today = isOther ? [.. batch.Today.Where(measurement => !measurement.Series.IsFamily)] : batch.Today,
            FamiliesSince = isOther ? DateOnly.MaxValue : SinceOf(batch, marks),
        };
    }

    /// <summary>The history without the days of families that were made otherwise.</summary>
    /// <param name="check">Name of the check.</param>
    /// <param name="history">What was known before.</param>
    /// <param name="families">How tags are put into families now.</param>
    public static History Comparable(string check, History history, TagFamilies families)
    {
        var marks = MarksOf(check, history);
        var others = families is TabledFamilies tabled ? WithOtherTags(check, history, tabled) : [];
        return history.WithFamilies((family, date) =>
            marks.GetValueOrDefault(date) == families.Mark && !others.Contains((family.Key, date)));
    }

    /// <summary>Families on the days on which users had a tag of theirs that the table has in another family now.</summary>
    static HashSet<(string Family, DateOnly Date)> WithOtherTags(string check, History history, TabledFamilies families)
    {
        var others = new HashSet<(string, DateOnly)>();
        foreach (var tag in history.Tags.Changed)
        {
            var now = families.Of(tag);
            foreach (var day in history.Measured(new SeriesId(check, Metrics.TagCount, tag)).Where(day => day.Value > 0))
            {
                if (families.Of(tag, history.Tags.On(tag, day.Date)) is var then && then != now)
                    others.UnionWith([(then, day.Date), (now, day.Date)]);
            }
        }
        return others;
    }

    /// <summary>The first day behind the last one that made them otherwise; null when none did.</summary>
    static DateOnly? SinceOf(Batch batch, Dictionary<DateOnly, double> marks)
    {
        var others = batch.History.Series.Where(series => series.IsFamily)
            .SelectMany(batch.History.Measured).Select(day => day.Date).Where(date => marks.GetValueOrDefault(date) != batch.Families.Mark);
        return others.Select(date => (DateOnly?)date).Max()?.AddDays(1);
    }

    static Dictionary<DateOnly, double> MarksOf(string check, History history) =>
        history.Measured(new SeriesId(check, Metrics.FamilyMark)).ToDictionary(day => day.Date, day => day.Value);
}
