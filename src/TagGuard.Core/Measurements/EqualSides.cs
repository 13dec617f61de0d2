using TagGuard.Reconciliations;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>Asks both sides of an `equal`: counts first, buckets where the counts differ (or rows are compared), then the keys of differing buckets.</summary>
sealed class EqualSides(EqualMeasure plan, MeasureContext context)
{
    /// <summary>Keys of each kind that become measurements; more of them are for the file.</summary>
    const int MostExamples = 10;

    readonly List<Measurement> _measurements = [];
    readonly List<string> _asked = [];

    public async Task<Taking> TakeAsync(CancellationToken cancellationToken)
    {
        if (plan.Compare == Compare.Rows)
            await CompareRowsAsync(cancellationToken);
        else
            await CompareCountsAsync(cancellationToken);
        return new Taking(_measurements, string.Join("\n", _asked.Where(asked => asked.Length > 0)));
    }

    async Task CompareRowsAsync(CancellationToken cancellationToken)
    {
        var (left, right) = (Keyed(plan.Left)!, Keyed(plan.Right)!);
        var (lefts, rights) = await BucketsAsync(left, right, Drill.UsualBuckets, cancellationToken);
        Add(Metrics.LeftRows, lefts, buckets => buckets.Rows);
        Add(Metrics.RightRows, rights, buckets => buckets.Rows);
        if (lefts.Value is not null && rights.Value is not null)
            await DrillAsync(new Drill(left, right, plan.Drill.Limit), lefts.Value, rights.Value, cancellationToken);
    }

    async Task CompareCountsAsync(CancellationToken cancellationToken)
    {
        var (lefts, rights) = await BothAsync(
            () => CountAsync(plan.Left, cancellationToken),
            () => CountAsync(plan.Right, cancellationToken));
        Add(Metrics.LeftRows, lefts, counted => counted.Rows);
        Add(Metrics.RightRows, rights, counted => counted.Rows);
        if (plan.HasKeys && lefts.Value is { Rows: > 0 } left && rights.Value is { Rows: > 0 } right && Math.Abs(left.Rows - right.Rows) > plan.Tolerance.Of(left.Rows, right.Rows))
            await DrillCountsAsync(Math.Max(left.Rows, right.Rows), cancellationToken);
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
        if (lefts.Value is not null && rights.Value is not null)
            await DrillAsync(new Drill(left, right, plan.Drill.Limit), lefts.Value, rights.Value, cancellationToken);
        else
            _measurements.Add(Missed((lefts.Fault ?? rights.Fault)!.Message));
    }

    async Task DrillAsync(Drill drill, Buckets lefts, Buckets rights, CancellationToken cancellationToken)
    {
        try
        {
            var drilled = await drill.RunAsync(lefts, rights, cancellationToken);
            _asked.Add(drilled.Asked);
            Take(Metrics.MissingThere, drilled.Missing);
            Take(Metrics.ExtraThere, drilled.Extra);
            Take(Metrics.DifferentThere, drilled.Different);
            Take(Metrics.LeftRepeats, drilled.LeftRepeats);
            Take(Metrics.RightRepeats, drilled.RightRepeats);
            Take(Metrics.DifferingBuckets, drilled.Differing);
            Take(Metrics.SearchedBuckets, drilled.Searched);
            foreach (var example in drilled.Keys.GroupBy(key => key.Kind).SelectMany(same => same.Take(MostExamples)))
                _measurements.Add(new Measurement.Taken(context.Series(MetricOf(example.Kind), example.Key), 1));
            await ExportAsync(drilled.Keys, cancellationToken);
        }
        catch (SourceException fault)
        {
            _asked.Add(fault.Asked);
            _measurements.Add(Missed(fault.Message));
        }
    }

    async Task ExportAsync(IReadOnlyList<Difference> keys, CancellationToken cancellationToken)
    {
        if (plan.Drill.Export is not { } export || keys.Count == 0)
            return;
        var path = export.For(context.Day.Date);
        try
        {
            await context.Sources.Differences.WriteAsync(path, keys, cancellationToken);
            Take(Metrics.ExportedKeys, keys.Count);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _measurements.Add(new Measurement.Missed(context.Series(Metrics.ExportedKeys), $"{path} could not be written: {fault.Message}", IsAbsent: false));
        }
    }

    KeyedSide? Keyed(SidePlan side) => context.Sources.Get<ICountSource>(side.Connection) is IKeyedSource source ? new KeyedSide(source, side.KeyedFor(context.Day.Date)) : null;

    async Task<(Answer<Counted> Answer, string Asked)> CountAsync(SidePlan side, CancellationToken cancellationToken)
    {
        var counted = await context.Sources.Get<ICountSource>(side.Connection).CountAsync(side.For(context.Day.Date), cancellationToken);
        return (new(counted, null), counted.Asked);
    }

    Task<(Answer<Buckets> Left, Answer<Buckets> Right)> BucketsAsync(KeyedSide left, KeyedSide right, int buckets, CancellationToken cancellationToken)
    {
        return BothAsync(() => OfAsync(left), () => OfAsync(right));

        async Task<(Answer<Buckets>, string)> OfAsync(KeyedSide side)
        {
            var answer = await side.BucketsAsync(buckets, cancellationToken);
            return (new(answer, null), answer.Asked);
        }
    }

    /// <summary>Both at once. Each is caught on its own, so that the report can say which of the two did not answer.</summary>
    async Task<(Answer<T> Left, Answer<T> Right)> BothAsync<T>(Func<Task<(Answer<T>, string)>> left, Func<Task<(Answer<T>, string)>> right) where T : class
    {
        var answers = await Task.WhenAll(CaughtAsync(left), CaughtAsync(right));
        _asked.AddRange(answers.Select(answer => answer.Asked));
        return (answers[0].Answer, answers[1].Answer);

        static async Task<(Answer<T> Answer, string Asked)> CaughtAsync(Func<Task<(Answer<T>, string)>> ask)
        {
            try
            {
                return await ask();
            }
            catch (SourceException fault)
            {
                return (new(null, fault), fault.Asked);
            }
        }
    }

    void Add<T>(string metric, Answer<T> answer, Func<T, long> rows) where T : class => _measurements.Add(answer.Value is null
        ? new Measurement.Missed(context.Series(metric), answer.Fault!.Message, answer.Fault.IsAbsent)
        : new Measurement.Taken(context.Series(metric), rows(answer.Value)));

    void Take(string metric, long value) => _measurements.Add(new Measurement.Taken(context.Series(metric), value));

    Measurement.Missed Missed(string reason) => new(context.Series(Metrics.MissingThere), reason, IsAbsent: false);

    static string MetricOf(DifferenceKind kind) => kind switch
    {
        DifferenceKind.MissingThere => Metrics.MissingThere,
        DifferenceKind.ExtraThere => Metrics.ExtraThere,
        _ => Metrics.DifferentThere,
    };

    /// <summary>What a side said, or why it said nothing.</summary>
    readonly record struct Answer<T>(T? Value, SourceException? Fault) where T : class;
}
