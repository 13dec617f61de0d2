using TagGuard.Facts;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Runs;

/// <summary>Takes measurements. The one place where a source's failure becomes a missed measurement, so that the other checks go on.</summary>
/// <param name="sources">The systems of the plan.</param>
/// <param name="clock">The clock.</param>
/// <param name="watcher">Told what is going on.</param>
/// <param name="retry">Asks again when a source does not answer; null when each question is asked once.</param>
/// <param name="once">What other checks have asked already; null for nothing.</param>
public sealed class Measurer(ISources sources, TimeProvider clock, IRunWatcher watcher, IRetry? retry = null, AskedOnce? once = null)
{
    /// <summary>What was known of the check's tags before.</summary>
    public TagTable Known { get; init; } = TagTable.Empty;

    public async Task<(Taking Taking, TimeSpan Took)> MeasureAsync(CheckPlan check, BusinessDay day, CancellationToken cancellationToken)
    {
        watcher.CheckStarted(check.Name);
        var began = clock.GetTimestamp();
        SourceException? last = null;
        var progress = new RowProgress(check.Name, watcher);
        var context = new MeasureContext(check.Name, day, sources, clock, progress)
        {
            Retry = retry,
            Known = Known,
            Scanning = progress,
            Once = once ?? new AskedOnce(),
            AskedAgain = again =>
            {
                last = again.Fault;
                watcher.AskedAgain(check.Name, again);
            },
        };
        // A timeout is told apart from an interruption by whose token fired.
        using var timeout = new CancellationTokenSource(check.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        Taking taking;
        try
        {
            taking = await Bounded.AskAsync(token => check.Measure.TakeAsync(context, token), sources.Abandon, clock, either.Token);
        }
        catch (SourceException fault)
        {
            taking = Taking.Missed(check.Name, check.Measure.Metrics, fault.Message, fault.Asked, fault.IsAbsent, fault.IsTransient);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var before = last is null ? "" : $" The last try before it: {last.Message}";
            taking = Taking.Missed(
                check.Name,
                check.Measure.Metrics,
                $"No answer within {check.Timeout}. Look at the source, or raise `timeout` of the check.{before}",
                last?.Asked ?? "",
                isAbsent: false,
                isTransient: true);
        }
        finally
        {
            progress.IsOver = true;
        }
        if (taking.Repeated is { } twice)
            taking = Taking.Missed(
                check.Name,
                check.Measure.Metrics,
                $"{twice} was measured twice, so which number is right cannot be told. This is a fault of TagGuard: please report it.",
                taking.Asked,
                isAbsent: false,
                isTransient: false);
        return (taking, clock.GetElapsedTime(began));
    }

    sealed class RowProgress(string check, IRunWatcher watcher) : IProgress<long>, IProgress<ScanProgress>
    {
        /// <summary>Whether nobody waits for the measurement any more.</summary>
        public bool IsOver { get; set; }

        public void Report(long value)
        {
            if (!IsOver)
                watcher.RowsRead(check, value);
        }

        public void Report(ScanProgress value)
        {
            if (!IsOver)
                watcher.RegionsRead(check, value);
        }
    }
}
