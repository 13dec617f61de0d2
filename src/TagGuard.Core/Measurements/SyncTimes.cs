using TagGuard.Facts;

namespace TagGuard.Measurements;

/// <summary>When the left side was finished, and when the sync to the right one started: asked where the sides differ, to say why.</summary>
static class SyncTimes
{
    /// <param name="plan">What is compared.</param>
    /// <param name="context">What it is given.</param>
    /// <param name="started">When the rows of the right side say that it started, in milliseconds of Unix's time; null when they do not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<(Measurement Measurement, string Asked)>> TakeAsync(
        EqualMeasure plan, MeasureContext context, long? started, CancellationToken cancellationToken)
    {
        if (plan.Finished is null)
            return [];
        var finished = await plan.Finished.TakeAsync(context, Metrics.SourceFinished, cancellationToken);
        return (plan.Started, started) switch
        {
            ({ } asked, _) => [finished, await asked.TakeAsync(context, Metrics.SyncStarted, cancellationToken)],
            (null, { } written) => [finished, (OfRows(context, written), "")],
            _ => [finished],
        };
    }

    static Measurement.Taken OfRows(MeasureContext context, long written) =>
        new(context.Series(Metrics.SyncStarted), context.Day.MinutesAfter(DateTimeOffset.FromUnixTimeMilliseconds(written)));
}
