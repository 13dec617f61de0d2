using System.Text;
using TagGuard.Adapters.Storage;
using TagGuard.Judgements;
using TagGuard.Measurements;

namespace TagGuard.Adapters.Sqlite;

/// <summary>Reads the measured days of a check before a date.</summary>
sealed class SqliteHistory(SqliteDatabase database, string plan, string check)
{
    public History Read(DateOnly before, int days, DateTimeOffset knownAt)
    {
        using var moment = database.BeginRead();
        var decisions = new DayDecisions(SqliteDecisions.Read(database, plan, before.AddDays(-days), before.AddDays(-1)), knownAt);
        var volumes = Volumes(Between("history_of_volumes"), decisions);
        var others = Others(Between("history_of_measurements"), decisions);
        return new History(before, volumes
            .Select(volume => KeyValuePair.Create(volume.Series, (IReadOnlyList<Day>)volume.Days))
            .Concat(others.Select(series => KeyValuePair.Create(series.Key, (IReadOnlyList<Day>)series.Value))));

        SqliteStatement Between(string query) => database.Query(query)
            .Set("@plan", plan).Set("@check", check).Set("@since", before.AddDays(-days)).Set("@before", before);
    }

    /// <summary>Days by tag. Six million rows for 100,000 tags and nine weeks: no text is made of a tag or date that is known already.</summary>
    Dictionary<string, (SeriesId Series, List<Day> Days)>.ValueCollection Volumes(SqliteStatement rows, DayDecisions decisions)
    {
        using var _ = rows;
        var volumes = new Dictionary<string, (SeriesId Series, List<Day> Days)>(StringComparer.Ordinal);
        var byChars = volumes.GetAlternateLookup<ReadOnlySpan<char>>();
        var dates = new DateColumn();
        var chars = new char[64];
        while (rows.Read())
        {
            var date = dates.Read(rows.Bytes(0));
            var tag = rows.Bytes(1);
            if (chars.Length < tag.Length)
                chars = new char[tag.Length * 2];
            var name = chars.AsSpan(0, Encoding.UTF8.GetChars(tag, chars));
            if (!byChars.TryGetValue(name, out var known))
                byChars[name] = known = (new SeriesId(check, Metrics.TagCount, name.ToString()), []);
            known.Days.Add(new Day(date, rows.Double(2), decisions.StateOf(known.Series, date, rows.Flag(3))));
        }
        return volumes.Values;
    }

    Dictionary<SeriesId, List<Day>> Others(SqliteStatement rows, DayDecisions decisions)
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

    /// <summary>Dates of rows that are sorted by date: parsed once a day.</summary>
    sealed class DateColumn
    {
        byte[] _last = [];
        DateOnly _date;

        public DateOnly Read(ReadOnlySpan<byte> text)
        {
            if (!text.SequenceEqual(_last))
            {
                _last = text.ToArray();
                _date = StoredText.Date(Encoding.UTF8.GetString(text));
            }
            return _date;
        }
    }
}
