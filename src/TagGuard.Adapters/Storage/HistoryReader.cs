using TagGuard.Facts;

namespace TagGuard.Adapters.Storage;

/// <summary>Reads the measured days of a check before a date.</summary>
sealed class HistoryReader(StoreSession session, string plan, string check)
{
    public History Read(DateOnly before, int days, DateTimeOffset knownAt)
    {
        using var moment = session.BeginRead();
        var decisions = new DayDecisions(DecisionRows.Read(session, plan, before.AddDays(-days), before.AddDays(-1)), knownAt);
        var series = Volumes(Between("history_of_volumes"), before, decisions);
        foreach (var (id, measured) in Others(Between("history_of_measurements"), decisions))
            series.Add(id, measured);
        return new History(before, series)
        {
            Tags = TagRows.Read(session, plan, check, before),
        };

        StoreStatement Between(string query) => session.Query(query)
            .Set("@plan", plan).Set("@check", check).Set("@since", before.AddDays(-days)).Set("@before", before);
    }

    /// <summary>Days by tag. Six million rows for 100,000 tags and nine weeks: each date has the tags in one order, mostly those of the date before,
    /// so a tag is mostly the one behind the last.</summary>
    Dictionary<SeriesId, IReadOnlyList<Day>> Volumes(StoreStatement rows, DateOnly before, DayDecisions decisions)
    {
        using var _ = rows;
        var known = new Dictionary<string, TagDays>(StringComparer.Ordinal);
        var byChars = known.GetAlternateLookup<ReadOnlySpan<char>>();
        var (last, now, next, date) = (new List<TagDays>(), new List<TagDays>(), 0, DateOnly.MinValue);
        while (rows.Read())
        {
            if (rows.Date(0) is var other && other != date)
                (last, now, next, date) = (now, new List<TagDays>(now.Count), 0, other);
            var name = rows.Chars(1);
            var tag = next < last.Count && name.SequenceEqual(last[next].Series.Key) ? last[next]
                : byChars.TryGetValue(name, out var found) ? found
                : null;
            if (tag is null)
            {
                tag = new TagDays(new SeriesId(check, Metrics.TagCount, name.ToString()), before.DayNumber - date.DayNumber);
                known.Add(tag.Series.Key, tag);
            }
            else if (tag.Place < last.Count && ReferenceEquals(last[tag.Place], tag))
                next = tag.Place + 1;
            tag.Place = now.Count;
            now.Add(tag);
            tag.Add(new Day(date, rows.Double(2), decisions.StateOf(tag.Series, date, rows.Flag(3))));
        }
        return known.Values.ToDictionary(tag => tag.Series, tag => tag.Days);
    }

    Dictionary<SeriesId, IReadOnlyList<Day>> Others(StoreStatement rows, DayDecisions decisions)
    {
        using var _ = rows;
        var others = new Dictionary<SeriesId, IReadOnlyList<Day>>();
        while (rows.Read())
        {
            var series = new SeriesId(check, rows.Text(1), rows.Text(2));
            if (!others.TryGetValue(series, out var days))
                others.Add(series, days = new List<Day>());
            ((List<Day>)days).Add(new Day(rows.Date(0), rows.Double(3), decisions.StateOf(series, rows.Date(0), rows.Flag(4))));
        }
        return others;
    }

    /// <summary>The days of a tag, as they come in.</summary>
    /// <param name="series">The tag.</param>
    /// <param name="most">Calendar days that there are from the first on.</param>
    sealed class TagDays(SeriesId series, int most)
    {
        readonly Day[] _days = new Day[most];
        int _count;

        public SeriesId Series => series;

        /// <summary>Its place among the tags of the date that was read last with it.</summary>
        public int Place { get; set; }

        public void Add(Day day) => _days[_count++] = day;

        public IReadOnlyList<Day> Days => _count == _days.Length ? _days : new ArraySegment<Day>(_days, 0, _count);
    }
}
