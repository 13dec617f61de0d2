using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Storage;

namespace TagGuard.Tests.Rendering;

/// <summary>Days that are unlike others: overridden, without history, not measured, of one series, of text that would break a page.</summary>
static class OddDays
{
    const string Nasty = "</td><script>alert('x')</script>\"& \u0001\u202E\uD800 <b>";

    public static StoredDay Overridden(DateTimeOffset until)
    {
        var day = ReportDays.Bad();
        var given = new Override("zhang.min", "Campaign needs the tags, family A131U001 is not used by it", ReportDays.Morning.AddHours(-2), until);
        var stage = day.Stages[1];
        return day with
        {
            Stages = [day.Stages[0], stage with { Gate = stage.Gate with { Override = given } }, ReportDays.Sync(2_843_101, 2_843_101)],
        };
    }

    public static StoredDay WithoutHistory()
    {
        var series = ReportDays.Series(3).Select(one => one with { Before = [] }).ToList();
        var judgements = series
            .Select(one => new Judgement
            {
                Series = one.Id,
                Rule = "baseline",
                Verdict = Verdict.Unknown,
                Finding = Finding.NoHistory,
                Said = Phrase.Text("0 Wednesdays are stored, 4 are needed."),
                Value = one.Today,
            })
            .ToList();
        var incident = Incident(series[0].Id, Verdict.Unknown, Finding.NoHistory, "Too little history for all 5 series") with
        {
            Members = [.. series.Select(one => one.Id)],
            Size = 5,
        };
        return ReportDays.Day(series, [ReportDays.Upstream(), ReportDays.Stage("tags", judgements, [incident])]);
    }

    public static StoredDay Missed()
    {
        var series = ReportDays
            .Series(3)
            .Select(one => one with { Today = null, ShareOfTotal = null, ShareOfActive = null, Before = [.. one.Before.SkipLast(2)] })
            .ToList();
        var judgements = series
            .Select(one => new Judgement
            {
                Series = one.Id,
                Rule = "baseline",
                Verdict = Verdict.Unknown,
                Finding = Finding.Missing,
                Said = Phrase.Text("Not measured: hs2:10000 did not answer within 10 min."),
            })
            .ToList();
        var incident = Incident(series[0].Id, Verdict.Unknown, Finding.Missing, "user tags was not measured: Hive did not answer");
        return ReportDays.Day(series, [ReportDays.Upstream(), ReportDays.Stage("tags", judgements, [incident])]);
    }

    public static StoredDay OfNastyStrings()
    {
        var day = OneSeries(5, [new StoredValue(ReportDays.Date.AddDays(-1), 9, true)], Nasty, Nasty);
        var stage = day.Stages[0];
        return day with
        {
            Plan = Nasty,
            Stages =
            [
                stage with
                {
                    Gate = stage.Gate with { Override = new Override(Nasty, Nasty, ReportDays.Morning, ReportDays.Morning.AddHours(1)) },
                },
            ],
        };
    }

    public static StoredDay OneSeries(double? today, IReadOnlyList<StoredValue> before, string key = "A1", string text = "It is out of order.")
    {
        var id = new SeriesId(text == Nasty ? Nasty : "tags", Metrics.TagCount, key);
        var judgement = new Judgement
        {
            Series = id,
            Rule = "change",
            Verdict = Verdict.Fail,
            Finding = Finding.Drop,
            Said = Phrase.Text(text),
            Value = today,
        };
        var incident = Incident(id, Verdict.Fail, Finding.Drop, text) with
        {
            Why = Phrase.Text(text),
            DoFirst = Phrase.Text(text),
            Owner = text,
            Check = id.Check,
            Members = [id, id],
        };
        return new StoredDay
        {
            Plan = "p",
            Date = ReportDays.Date,
            Stages = [ReportDays.Stage(text == Nasty ? Nasty : "tags", [judgement], [incident])],
            Series = [new StoredSeries(id, text == Nasty ? Nasty : "userid", today, today / 1000, null, before)],
        };
    }

    static Incident Incident(SeriesId lead, Verdict verdict, Finding finding, string title) => new()
    {
        Verdict = verdict,
        Finding = finding,
        Blocking = true,
        Check = lead.Check,
        What = Phrase.Text(title),
        Why = Phrase.Text(""),
        DoFirst = Phrase.Text("Look at the source."),
        Size = 1,
        Lead = lead,
        Members = [lead],
        Said = Phrase.Text(title),
    };
}
