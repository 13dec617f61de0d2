using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>Whether a sync started before what it reads was finished: by the times that were asked for, or because its target holds what the left
/// side held on the day before.</summary>
/// <param name="batch">The measurements.</param>
/// <param name="leftName">Name of the left side.</param>
/// <param name="rightName">Name of the right side.</param>
sealed class EarlySync(Batch batch, string leftName, string rightName)
{
    /// <summary>Fewer rows may be as many as on another day by chance.</summary>
    const double FewestRows = 1000;

    /// <summary>How far the clocks of two machines lie apart, in minutes, when they are kept: what is closer proves nothing.</summary>
    const double ClocksApart = 1;

    /// <summary>What is known of the times, for the sentence; nothing where nobody asked for them.</summary>
    public Phrase? Times => (Of(Metrics.SourceFinished), Of(Metrics.SyncStarted)) switch
    {
        (Measurement.Taken finished, Measurement.Taken started) => new Phrase(
            "verdict.sync_times", ("started", Clock(started)), ("side", leftName), ("finished", Clock(finished))),
        (Measurement.Missed finished, _) => new Phrase("verdict.finish_unknown", ("side", leftName), ("reason", finished.Reason)),
        (_, Measurement.Missed started) => new Phrase("verdict.start_unknown", ("reason", started.Reason)),
        _ => null,
    };

    /// <summary>The cause, where it shows and no other does.</summary>
    /// <param name="right">Rows of the right side.</param>
    public Phrase? Clue(double right) => IsOfAnotherKind ? null : ByTimes ?? OfTheDayBefore(right);

    Phrase? ByTimes =>
        (Of(Metrics.SourceFinished), Of(Metrics.SyncStarted)) is (Measurement.Taken finished, Measurement.Taken started)
        && finished.Value - started.Value is var early and > ClocksApart
            ? new Phrase("cause.synced_early", ("early", ImpossibleTime.Span(TimeSpan.FromMinutes(early))), ("side", leftName))
            : null;

    Phrase? OfTheDayBefore(double right) =>
        batch.History.Measured(new SeriesId(batch.Check, Metrics.LeftRows)) is [.., var last] && right >= FewestRows && last.Value == right
            ? new Phrase("cause.synced_day_before", ("side", rightName), ("left", leftName), ("count", right), ("date", last.Date))
            : null;

    /// <summary>Keys that are written otherwise, or collapsed, are so whenever the sync runs; so are rows that were left over, where there is no
    /// other difference.</summary>
    bool IsOfAnotherKind =>
        Has(Metrics.RenamedKeys) || Has(Metrics.CollapsedRows)
        || (Has(Metrics.StaleRows) && IsZero(Metrics.MissingThere) && IsZero(Metrics.DifferentThere));

    bool IsZero(string metric) => Of(metric) is Measurement.Taken { Value: 0 };

    string Clock(Measurement.Taken time) => Due.Clock(batch.Day.InstantAfter(time.Value), batch.Day);

    bool Has(string metric) => batch.Today.Any(measurement => measurement.Series.Check == batch.Check && measurement.Series.Metric == metric);

    Measurement? Of(string metric) => batch.Today.FirstOrDefault(measurement => measurement.Series == new SeriesId(batch.Check, metric));
}
