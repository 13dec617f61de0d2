using TagGuard.Facts;
using TagGuard.Judgements;

namespace TagGuard.Tests.Support;

/// <summary>Tags of a made-up shop over many days: families of like size, a low weekend, and chance; always the same for a seed.</summary>
public sealed class Shop
{
    readonly Dictionary<SeriesId, SortedDictionary<DateOnly, Day>> _series = [];

    /// <param name="days">Days before <see cref="Some.Date"/>, which is there as well.</param>
    /// <param name="families">Families of <paramref name="tags"/> tags.</param>
    /// <param name="tags">Tags of each family.</param>
    /// <param name="noise">Spread of a tag's days.</param>
    public Shop(int days = 100, int families = 6, int tags = 8, double noise = 0.03)
    {
        var random = new Random(7);
        for (var family = 0; family < families; family++)
        {
            for (var tag = 0; tag < tags; tag++)
            {
                var users = 500.0 * (1 + family) * (1 + tag);
                for (var ago = days; ago >= 0; ago--)
                    this[$"F{family}_{tag}", ago] = Math.Round(users * Weekday(ago) * (1 + noise * Normal(random)));
            }
        }
        for (var ago = days; ago >= 0; ago--)
            Set(Some.Total(Metrics.TaggedUsers), ago, Math.Round(40_000 * Weekday(ago) * (1 + 0.01 * Normal(random))));
    }

    public IEnumerable<string> Tags => _series.Keys.Where(series => series.IsTag).Select(series => series.Key);

    /// <summary>Users of a tag so many days before the date.</summary>
    public double this[string tag, int ago]
    {
        get => _series[Some.Tag(tag)][Some.Date.AddDays(-ago)].Value;
        set => Set(Some.Tag(tag), ago, value);
    }

    public void Set(SeriesId series, int ago, double value) => Put(series, new Day(Some.Date.AddDays(-ago), value));

    /// <summary>Multiplies a series on the date.</summary>
    public Shop Times(SeriesId series, double factor)
    {
        Set(series, 0, Math.Round(_series[series][Some.Date].Value * factor));
        return this;
    }

    public double TaggedUsers(int ago) => _series[Some.Total(Metrics.TaggedUsers)][Some.Date.AddDays(-ago)].Value;

    /// <summary>Multiplies the days of tags, from so many days ago to so many.</summary>
    public Shop Times(Func<string, bool> which, double factor, int from = 0, int to = 0)
    {
        foreach (var tag in Tags.Where(which).ToList())
        {
            for (var ago = from; ago >= to; ago--)
                this[tag, ago] = Math.Round(this[tag, ago] * factor);
        }
        return this;
    }

    public Shop Mark(string tag, int ago, DayState state) => Mark(Some.Tag(tag), ago, state);

    public Shop Mark(SeriesId series, int ago, DayState state)
    {
        Put(series, _series[series][Some.Date.AddDays(-ago)] with { State = state });
        return this;
    }

    public Shop Forget(string tag, Func<int, bool> which)
    {
        var days = _series[Some.Tag(tag)];
        foreach (var date in days.Keys.Where(date => which(Some.Date.DayNumber - date.DayNumber)).ToList())
            days.Remove(date);
        return this;
    }

    /// <summary>The morning of a day so many days before the date: what is measured, and what was known before.</summary>
    public Batch Morning(int ago = 0)
    {
        var date = Some.Date.AddDays(-ago);
        var today = _series.Where(series => series.Value.ContainsKey(date)).Select(series => Some.Taken(series.Key, series.Value[date].Value));
        var before = _series.Select(series =>
            KeyValuePair.Create(series.Key, (IReadOnlyList<Day>)[.. series.Value.Values.Where(day => day.Date < date)]));
        return new Batch(
            Some.Check,
            Some.Day with
            {
                Date = date,
            },
            Some.Now.AddDays(-ago),
            [.. today],
            new History(date, before.Where(series => series.Value.Count > 0)));
    }

    /// <summary>Judges the mornings one after the other; what fails is quarantined, as a store does it.</summary>
    public IReadOnlyList<IReadOnlyList<Judgement>> Live(IRule rule, int from, int to = 0)
    {
        var mornings = new List<IReadOnlyList<Judgement>>();
        for (var ago = from; ago >= to; ago--)
        {
            var judgements = rule.Judge(Morning(ago)).ToList();
            foreach (var failed in judgements.Where(judgement => judgement.Verdict == Verdict.Fail && judgement.Series.Key.Length > 0))
                Mark(failed.Series, ago, DayState.Quarantined);
            mornings.Add(judgements);
        }
        return mornings;
    }

    void Put(SeriesId series, Day day)
    {
        if (!_series.TryGetValue(series, out var days))
            _series.Add(series, days = []);
        days[day.Date] = day;
    }

    static double Weekday(int ago) => Some.Date.AddDays(-ago).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.6 : 1;

    static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
