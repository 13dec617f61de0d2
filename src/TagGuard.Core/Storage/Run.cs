using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Plans;

namespace TagGuard.Storage;

/// <summary>What begins: one execution of one verb for one business date.</summary>
/// <param name="Plan">The plan's name.</param>
/// <param name="PlanHash">SHA-256 of the plan's text.</param>
/// <param name="Verb">`run`, `tags`, …</param>
/// <param name="Date">The business date.</param>
/// <param name="Stages">The stages it will judge: their gates are closed until each is saved.</param>
/// <param name="Holder">Who runs it: host, process id, user.</param>
/// <param name="Started">When, UTC.</param>
public sealed record RunStart(
    string Plan,
    string PlanHash,
    string Verb,
    DateOnly Date,
    IReadOnlyList<string> Stages,
    Holder Holder,
    DateTimeOffset Started)
{
    /// <summary>What it judges by, as <see cref="Plan.Judging"/> has it; empty when nobody will ask.</summary>
    public string Judging { get; init; } = "";

    /// <summary>Its report, for those who get it, an order each channel. Ordered with the run's first transaction: whatever becomes of the run, they
    /// are told.</summary>
    public IReadOnlyList<OutboxOrder> Reports { get; init; } = [];
}

/// <summary>A process that holds a run.</summary>
public sealed record Holder(string Host, int ProcessId, string User)
{
    public override string ToString() => $"{User} on {Host} (process {ProcessId})";
}

/// <summary>A run that holds its date: nobody else runs the same plan and date until it is disposed.</summary>
public interface IRunLease : IAsyncDisposable
{
    long RunId { get; }

    /// <summary>1 for the first run of this verb, plan and date, then 2, 3, …</summary>
    int Attempt { get; }
}

/// <summary>Another process runs the same plan and date.</summary>
public sealed class RunHeldException(Holder holder, DateTimeOffset since)
    : Exception($"{holder} runs the same date since {since:yyyy-MM-dd HH:mm:ss} UTC. Wait for it (--wait-lock 10m), or stop it.")
{
    public Holder Holder { get; } = holder;

    public DateTimeOffset Since { get; } = since;
}

/// <summary>The monitoring tables cannot be read or written.</summary>
/// <param name="message">What went wrong and what to do.</param>
/// <param name="inner">The driver's error, or null.</param>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the same may succeed a little later.</summary>
    public bool IsTransient { get; init; }
}

/// <summary>Everything one stage of a run found: saved in one transaction, the gate's flag last.</summary>
public sealed record StageResult(
    string Stage,
    IReadOnlyList<CheckResult> Checks,
    IReadOnlyList<Incident> Incidents,
    GateDecision Gate,
    DateTimeOffset Started,
    DateTimeOffset Finished)
{
    public IEnumerable<Judgement> Judgements => Checks.SelectMany(check => check.Judgements);

    /// <summary>Verdicts that are worth a look and close nothing.</summary>
    public int Warnings => Judgements.Count(judgement => judgement.Verdict != Verdict.Pass && !judgement.ClosesGate);

    /// <summary>What it was judged by; without it, the gate stays closed.</summary>
    public StageDefinition? Definition { get; init; }
}

/// <summary>What one check measured and how it was judged.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Kind">Kind of its measurement, as in the plan: `count`, `volume`, `equal`.</param>
/// <param name="Dimension">What the keys of its series are; empty when they have none.</param>
/// <param name="Measurements">Every number, and every missed one with its reason.</param>
/// <param name="Judgements">Every verdict.</param>
/// <param name="Asked">The questions that were asked.</param>
/// <param name="Took">How long measuring took.</param>
/// <param name="JudgedAt">When it was judged, UTC, in whole milliseconds, as it is stored.</param>
public sealed record CheckResult(
    string Check,
    string Kind,
    string Dimension,
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<Judgement> Judgements,
    string Asked,
    TimeSpan Took,
    DateTimeOffset JudgedAt)
{
    /// <summary>How its tags were put into families.</summary>
    public TagFamilies Families { get; init; } = TagFamilies.Guessed;

    /// <summary>What is known of its tags; null when nobody asked.</summary>
    public TagTable? Tags { get; init; }

    /// <summary>The check as it was judged.</summary>
    public JudgedCheck Judged => new(Measurements, Judgements) { Families = Families };

    /// <summary>Whether it counted the same in the warehouse and in a service. Two versions of one table are not that.</summary>
    public bool IsReconciled => Kind != "compare" && Measurements.Any(measurement => measurement.Series.Metric == Metrics.RightRows);

    /// <summary>The series that are kept out of later baselines for this day.</summary>
    public IReadOnlySet<SeriesId> QuarantinedSeries => Judged.QuarantinedSeries;

    /// <summary>The keys that differ between two sides, for a file of them; null when they were not looked for.</summary>
    public DifferenceFile? Differences { get; init; }
}
