using TagGuard.Facts;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Application.Trials;

/// <summary>How the questions of a check fared.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Fault">What is wrong; null when nothing is.</param>
/// <param name="Found">The newest date of those looked at of which there is data; null when of none.</param>
/// <param name="Absent">What is not there, when it is of no date.</param>
public sealed record TrialResult(string Check, string? Fault, DateOnly? Found, string? Absent = null);

/// <summary>Asks the questions of a check as a run would, each in its cheapest form: a slip in a name is found before the first morning.</summary>
/// <param name="session">The plan.</param>
public sealed class CheckTrial(PlanSession session)
{
    /// <summary>The dates that are looked for, in days before the one that is due: what is late today was there yesterday, or a week ago.</summary>
    static readonly int[] DaysBack = [0, 1, 2, 7];

    /// <summary>The days up to the due one that are looked for one by one, and how far back is looked for the oldest.</summary>
    const int Days = 14;

    static readonly int[] FarBack = [28, 56, 112, 224, 448];

    /// <param name="check">The check.</param>
    /// <param name="due">The date that is due.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<TrialResult> RunAsync(CheckPlan check, DateOnly due, CancellationToken cancellationToken)
    {
        SourceException? absent = null;
        foreach (var back in DaysBack)
        {
            var fault = await FaultOfAsync(check, due.AddDays(-back), ofAnyDate: false, cancellationToken);
            if (fault is not { IsAbsent: true })
                return new TrialResult(check.Name, fault?.Message, fault is null ? due.AddDays(-back) : null);
            absent ??= fault;
        }
        // A table may be there and wait for its partition; one that is missing in the same words whatever the date is not there at all.
        var today = await FaultOfAsync(check, due, ofAnyDate: true, cancellationToken);
        var before = await FaultOfAsync(check, due.AddDays(-1), ofAnyDate: true, cancellationToken);
        var isWrong = today is not null && (!today.IsAbsent || today.Message == before?.Message);
        return new TrialResult(check.Name, isWrong ? today!.Message : null, Found: null, absent!.Message);
    }

    /// <summary>Looks which partitions of a check are there; null when it has none.</summary>
    /// <param name="check">The check.</param>
    /// <param name="due">The date that is due.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<FoundPartitions?> PartitionsAsync(CheckPlan check, DateOnly due, CancellationToken cancellationToken)
    {
        if (check.Measure is not (VolumeMeasure or CountMeasure or EqualMeasure))
            return null;
        var found = new List<DateOnly>();
        for (var back = 0; back < Days; back++)
            await LookAsync(back);
        var recent = found.Count;
        // From where one is missing, older ones are not history without a gap.
        foreach (var back in FarBack)
        {
            if (recent < Days || !await LookAsync(back))
                break;
        }
        return new FoundPartitions(
            found.Count > 0 ? found[0] : null, Days, recent, found.Count > 0 ? found[^1] : null);

        async Task<bool> LookAsync(int back)
        {
            var date = due.AddDays(-back);
            var isThere = await FaultOfAsync(check, date, ofAnyDate: false, cancellationToken) is null;
            if (isThere)
                found.Add(date);
            return isThere;
        }
    }

    async Task<SourceException?> FaultOfAsync(CheckPlan check, DateOnly date, bool ofAnyDate, CancellationToken cancellationToken)
    {
        var sources = new CheapSources(session.Sources, ofAnyDate);
        var context = new MeasureContext(check.Name, new BusinessDay(date, session.Plan.Timezone), sources, session.Clock);
        try
        {
            await Tried(check.Measure).TakeAsync(context, cancellationToken);
        }
        catch (SourceException)
        {
            // Noted where it was asked.
        }
        return sources.Faults.OrderBy(fault => fault.IsAbsent).FirstOrDefault();
    }

    /// <summary>Keys and columns of a comparison are asked for at once, not only where the counts differ.</summary>
    IMeasure Tried(IMeasure measure) =>
        measure is CompareMeasure compare ? Tried(compare.Sides)
        : measure is EqualMeasure { HasKeys: true } equal && IsKeyed(equal.Left) && IsKeyed(equal.Right)
            ? equal with { Compare = Compare.Rows }
            : measure;

    bool IsKeyed(SidePlan side) => session.Sources.Get<ISource>(side.Connection) is IKeyedSource;
}
