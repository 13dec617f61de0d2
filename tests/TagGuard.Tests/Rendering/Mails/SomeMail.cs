using TagGuard.Deliveries;
using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Rendering;
using TagGuard.Rendering.Mails;
using TagGuard.Storage;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Rendering.Mails;

/// <summary>Mails of the days that reports are made of.</summary>
static class SomeMail
{
    public static MailBody Of(StoredDay day, Language language = Language.En, MailOptions? options = null) =>
        DutyMail.Write(WithLeftSide(day), Options(day, language), options ?? new MailOptions());

    public static ReportOptions Options(StoredDay day, Language language) => ReportDays.Options with
    {
        Gates = Some.Answers(day.Gates, ReportDays.Morning, day.Stages.Select(stage => stage.Stage)),
        Language = language,
    };

    /// <summary>What the reconciliation counted on its left side: on one day before, 45,000 rows more than on the right.</summary>
    static StoredDay WithLeftSide(StoredDay day) => day with
    {
        Series = [.. day.Series.Select(WithRefusal), .. day.Series.Where(series => series.Id.Metric == Metrics.RightRows).Select(right => right with
        {
            Id = right.Id with { Metric = Metrics.LeftRows },
            Today = 2_843_101,
            Before = [.. right.Before.Select(before => before with
            {
                Value = before.Value + (before.Date == ReportDays.Date.AddDays(-3) ? 45_000 : 0),
            })],
        })],
    };

    /// <summary>The day of that difference failed.</summary>
    static StoredSeries WithRefusal(StoredSeries series) => series.Id.Metric != Metrics.RightRows ? series : series with
    {
        Before = [.. series.Before.Select(before => before with { IsAccepted = before.IsAccepted && before.Date != ReportDays.Date.AddDays(-3) })],
    };

    /// <summary>The bad day with that many incidents.</summary>
    public static StoredDay WithIncidents(int count, int tags = 20)
    {
        var day = ReportDays.Bad(tags);
        var stage = day.Stages[1];
        var leads = day.Series.Where(series => series.Id.IsTag).Select(series => series.Id).Take(count);
        return day with
        {
            Stages = [day.Stages[0], stage with
            {
                Incidents = [.. leads.Select(lead => stage.Incidents[1] with
                {
                    Lead = lead, Members = [lead], What = Phrase.Text($"{lead.Key}: fewer users"),
                })],
            }, ReportDays.Sync(2_843_101, 2_843_101)],
        };
    }
}
