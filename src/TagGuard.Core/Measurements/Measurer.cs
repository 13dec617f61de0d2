using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>Takes measurements. The one place where a source's failure becomes a missed measurement, so that the other checks go on.</summary>
public sealed class Measurer(ISources sources, TimeProvider clock, IRunWatcher watcher)
{
    public async Task<(Taking Taking, TimeSpan Took)> MeasureAsync(CheckPlan check, BusinessDay day, CancellationToken cancellationToken)
    {
        watcher.CheckStarted(check.Name);
        var began = clock.GetTimestamp();
        var context = new MeasureContext(check.Name, day, sources, clock, new RowProgress(check.Name, watcher));
        // A timeout is told apart from an interruption by whose token fired.
        using var timeout = new CancellationTokenSource(check.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        Taking taking;
        try
        {
            taking = await check.Measure.TakeAsync(context, either.Token);
        }
        catch (SourceException fault)
        {
            taking = Missed(fault.Message, fault.IsAbsent, fault.Asked);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            taking = Missed($"No answer within {check.Timeout}. Look at the source, or raise `timeout` of the check.", isAbsent: false, "");
        }
        return (taking, clock.GetElapsedTime(began));

        Taking Missed(string reason, bool isAbsent, string asked) =>
            new([.. check.Measure.Metrics.Select(metric => new Measurement.Missed(context.Series(metric), reason, isAbsent))], asked);
    }

    sealed class RowProgress(string check, IRunWatcher watcher) : IProgress<long>
    {
        public void Report(long value) => watcher.RowsRead(check, value);
    }
}
