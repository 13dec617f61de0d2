using TagGuard.Facts;

namespace TagGuard.Adapters.Storage;

/// <summary>Reads the measured days of a check before a date.</summary>
sealed class HistoryReader(StoreSession session, string plan, string check)
{
    public History Read(DateOnly before, int days, DateTimeOffset knownAt)
    {
        using var moment = session.BeginRead();
        var decisions = new DayDecisions(DecisionRows.Read(session, plan, before.AddDays(-days), before.AddDays(-1)), knownAt);
        var volumes = Volumes(Between("history_of_volumes"), decisions);
        var others = Others(Between("history_of_measurements"), decisions);
        return new History(before, volumes
            .Select(volume => KeyValuePair.Create(volume.Series, (IReadOnlyList<Day>)volume.Days))
            .Concat(others.Select(series => KeyValuePair.Create(series.Key, (IReadOnlyList<Day>)series.Value))))
        {
            Tags = TagRows.Read(session, plan, check, before),
        };

        StoreStatement Between(string query) => session.Query(query)
            .Set("@plan", plan).Set("@check", check).Set("@since", before.AddDays(-days)).Set("@before", before);
    }

    /// <summary>Days by tag. Six million rows for 100,000 tags and nine weeks: a store that
    /// can makes no text of a tag that is known already.</summary>
    Dictionary<string, (SeriesId Series, List<Day> Days)>.ValueCollection Volumes(StoreStatement rows, DayDecisions decisions)
    {
        using var _ = rows;
        var volumes = new Dictionary<string, (SeriesId Series, List<Day> Days)>(StringComparer.Ordinal);
        var byChars = volumes.GetAlternateLookup<ReadOnlySpan<char>>();
        while (rows.Read())
        {
            var date = rows.Date(0);
            var name = rows.Chars(1);
            if (!byChars.TryGetValue(name, out var known))
                byChars[name] = known = (new SeriesId(check, Metrics.TagCount, name.ToString()), []);
            known.Days.Add(new Day(date, rows.Double(2), decisions.StateOf(known.Series, date, rows.Flag(3))));
        }
        return volumes.Values;
    }

    Dictionary<SeriesId, List<Day>> Others(StoreStatement rows, DayDecisions decisions)
    {
        using var _ = rows;
        var others = new Dictionary<SeriesId, List<Day>>();
        while (rows.Read())
        {
            var series = new SeriesId(check, rows.Text(1), rows.Text(2));
            if (!others.TryGetValue(series, out var days))
                others.Add(series, days = []);
            days.Add(new Day(rows.Date(0), rows.Double(3), decisions.StateOf(series, rows.Date(0), rows.Flag(4))));
        }
        return others;
    }
}
