using TagGuard.Facts;
using TagGuard.Reconciliations;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>Asks both sides of an `equal`: counts first, buckets where the counts differ (or
/// rows are compared), then the keys of differing buckets.</summary>
sealed class EqualSides(EqualMeasure plan, MeasureContext context)
{
    /// <summary>Keys of each kind that become measurements; more of them are for the file.</summary>
    const int MostExamples = 10;

    readonly List<Measurement> _measurements = [];
    readonly List<string> _asked = [];
    DifferenceFile? _differences;
    long? _started;

    public async Task<Taking> TakeAsync(CancellationToken cancellationToken)
    {
        var now = context.Clock.GetUtcNow();
        var isTooLate = plan.Left.TooLateFor(context.Day, now) is not null || plan.Right.TooLateFor(context.Day, now) is not null;
        if (plan.Compare == Compare.Rows && !isTooLate)
            await CompareRowsAsync(cancellationToken);
        else
            await CompareCountsAsync(cancellationToken);
        if (Differ)
        {
            foreach (var (measurement, asked) in await SyncTimes.TakeAsync(plan, context, _started, cancellationToken))
            {
                _measurements.Add(measurement);
                _asked.Add(asked);
            }
        }
        return new Taking(_measurements, string.Join("\n", _asked.Where(asked => asked.Length > 0))) { Differences = _differences };
    }

    /// <summary>Whether the counts, or what was drilled down to, differ by more than the plan allows.</summary>
    bool Differ => Of(Metrics.LeftRows) is { } left && Of(Metrics.RightRows) is { } right
        && (Math.Abs(left - right) > plan.Tolerance.Of(left, right) || Of(Metrics.DifferingBuckets) > 0);

    double? Of(string metric) => _measurements.OfType<Measurement.Taken>().FirstOrDefault(one => one.Series == context.Series(metric))?.Value;

    async Task CompareRowsAsync(CancellationToken cancellationToken)
    {
        var (left, right) = (Keyed(plan.Left)!, Keyed(plan.Right)!);
        var (lefts, rights) = await BucketsAsync(left, right, Drill.UsualBuckets, cancellationToken);
        AddRows(Metrics.LeftRows, lefts);
        AddRows(Metrics.RightRows, rights);
        if (lefts.Buckets is not null && rights.Buckets is not null)
            await DrillAsync(NewDrill(left, right), lefts.Buckets, rights.Buckets, cancellationToken);
    }

    async Task CompareCountsAsync(CancellationToken cancellationToken)
    {
        var sides = await Task.WhenAll(
            plan.Left.CountAsync(context, Metrics.LeftRows, cancellationToken),
            plan.Right.CountAsync(context, Metrics.RightRows, cancellationToken));
        _measurements.AddRange(sides.Select(side => side.Measurement));
        _asked.AddRange(sides.Select(side => side.Asked));
        if (!plan.HasKeys
            || (sides[0].Measurement, sides[1].Measurement) is not (Measurement.Taken { Value: var left }, Measurement.Taken { Value: var right }))
            return;
        if (left > 0 && right > 0 && Math.Abs(left - right) > plan.Tolerance.Of(left, right))
            await DrillCountsAsync((long)Math.Max(left, right), cancellationToken);
    }

    async Task DrillCountsAsync(long rows, CancellationToken cancellationToken)
    {
        var (left, right) = (Keyed(plan.Left), Keyed(plan.Right));
        if (left is null || right is null)
        {
            var name = left is null ? plan.Left.Connection : plan.Right.Connection;
            _measurements.Add(Missed($"{name} cannot hash its rows, so only the counts were compared."));
            return;
        }
        var (lefts, rights) = await BucketsAsync(left, right, Drill.BucketsFor(rows), cancellationToken);
        if (lefts.Buckets is not null && rights.Buckets is not null)
            await DrillAsync(NewDrill(left, right), lefts.Buckets, rights.Buckets, cancellationToken);
        else
            _measurements.Add(Missed((lefts.Fault ?? rights.Fault)!.Message));
    }

    Drill NewDrill(KeyedSide left, KeyedSide right) => new(left, right, plan.Drill.Limit, context.Day.MorningAfter(TimeOnly.MinValue));

    async Task DrillAsync(Drill drill, Buckets lefts, Buckets rights, CancellationToken cancellationToken)
    {
        try
        {
            var drilled = await context.AskAsync(
                plan.Right.Connection,
                (IKeyedSource _, CancellationToken token) => drill.RunAsync(lefts, rights, token),
                cancellationToken);
            _asked.Add(drilled.Asked);
            Take(Metrics.MissingThere, drilled.Missing);
            Take(Metrics.ExtraThere, drilled.Extra);
            Take(Metrics.DifferentThere, drilled.Different);
            Take(Metrics.LeftRepeats, drilled.LeftRepeats);
            Take(Metrics.RightRepeats, drilled.RightRepeats);
            Take(Metrics.InOtherCase, drilled.InOtherCase);
            Take(Metrics.DifferingBuckets, drilled.Differing);
            Take(Metrics.SearchedBuckets, drilled.Searched);
            // Two keys may be told alike: NULL and the text "(null)", bytes that are no UTF-8.
            foreach (var example in drilled.Keys.Distinct().GroupBy(key => key.Kind).SelectMany(same => same.Take(MostExamples)))
                _measurements.Add(new Measurement.Taken(context.Series(MetricOf(example.Kind), example.Key), 1));
            _measurements.AddRange(CauseMeasurements.Of(context, drilled));
            _started = drilled.Causes.SyncStarted;
            Export(drilled.Keys);
        }
        catch (SourceException fault)
        {
            _asked.Add(fault.Asked);
            _measurements.Add(Missed(fault.Message));
        }
    }

    /// <summary>The keys are for the file that the plan names, which is written once the stage is saved.</summary>
    void Export(IReadOnlyList<Difference> keys)
    {
        if (plan.Drill.Export is not { } export || keys.Count == 0)
            return;
        _differences = new DifferenceFile(export.For(context.Day.Date), keys);
        Take(Metrics.ExportedKeys, keys.Count);
    }

    KeyedSide? Keyed(SidePlan side) =>
        context.Sources.Get<ICountSource>(side.Connection) is IKeyedSource source ? new KeyedSide(source, side.KeyedFor(context.Day.Date)) : null;

    /// <summary>Both at once, each caught on its own.</summary>
    async Task<(SideBuckets Left, SideBuckets Right)> BucketsAsync(KeyedSide left, KeyedSide right, int buckets, CancellationToken cancellationToken)
    {
        var sides = await Task.WhenAll(OfAsync(left), OfAsync(right));
        _asked.AddRange(sides.Select(side => side.Buckets?.Asked ?? side.Fault!.Asked));
        return (sides[0], sides[1]);

        async Task<SideBuckets> OfAsync(KeyedSide side)
        {
            try
            {
                return new(
                    await context.Once.AskAsync((side.Source.Name, side.Part, buckets), () => context.AskAsync(
                        side.Source.Name,
                        (IKeyedSource _, CancellationToken token) => side.BucketsAsync(buckets, token),
                        cancellationToken)),
                    null);
            }
            catch (SourceException fault)
            {
                return new(null, fault);
            }
        }
    }

    void AddRows(string metric, SideBuckets side) => _measurements.Add(side.Buckets is null
        ? new Measurement.Missed(context.Series(metric), side.Fault!.Message, side.Fault.IsAbsent) { IsTransient = side.Fault.IsTransient }
        : new Measurement.Taken(context.Series(metric), side.Buckets.Rows));

    void Take(string metric, long value) => _measurements.Add(new Measurement.Taken(context.Series(metric), value));

    Measurement.Missed Missed(string reason) => new(context.Series(Metrics.MissingThere), reason, IsAbsent: false);

    static string MetricOf(DifferenceKind kind) => kind switch
    {
        DifferenceKind.MissingThere => Metrics.MissingThere,
        DifferenceKind.ExtraThere => Metrics.ExtraThere,
        _ => Metrics.DifferentThere,
    };

    /// <summary>A side's buckets, or why it has none.</summary>
    readonly record struct SideBuckets(Buckets? Buckets, SourceException? Fault);
}
