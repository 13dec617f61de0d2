using TagGuard.Facts;
using TagGuard.Gates;

namespace TagGuard.Storage;

/// <summary>A verdict as it is stored.</summary>
public sealed record StoredJudgement(long Id, long RunId, string Stage, string PlanHash, DateTimeOffset JudgedAt, Judgement Judgement);

/// <summary>Verdicts that passed, as they are stored.</summary>
public sealed record StoredPasses(long RunId, string Stage, string PlanHash, DateTimeOffset JudgedAt, Passes Passes);

/// <summary>Everything that is stored about one business date of a plan, and the days before it: what the report is made of.</summary>
public sealed record StoredDay
{
    public required string Plan { get; init; }

    public required DateOnly Date { get; init; }

    /// <summary>The stages that were judged, in the order in which they ran. A check is in the one that was saved last with it.</summary>
    public required IReadOnlyList<StoredStage> Stages { get; init; }

    /// <summary>The flags of the date by stage, also of stages that a person opened and nobody judged. Default: those of its stages.</summary>
    public IReadOnlyDictionary<string, GateState> Gates { get => field ?? Stages.ToDictionary(stage => stage.Stage, stage => stage.Gate); init; }

    /// <summary>Messages about the date and the week before that nobody got.</summary>
    public IReadOnlyList<OutboxRow> DeadLetters { get; init; } = [];

    /// <summary>Every series that was measured or judged that day, with the days before it.</summary>
    public required IReadOnlyList<StoredSeries> Series { get; init; }

    /// <summary>What was known of tags that day, by check; a check that has no table of tags is not among them.</summary>
    public IReadOnlyDictionary<string, TagTable> Tags { get; init; } = new Dictionary<string, TagTable>();

    /// <summary>A key of a series; of a tag with the words by which people know it.</summary>
    public string NameOf(SeriesId series) => series.IsTag ? TagTable.Named(series.Key, TagsOf(series.Check).Find(series.Key)) : series.Key;

    /// <summary>What was known of a check's tags.</summary>
    public TagTable TagsOf(string check) => Tags.GetValueOrDefault(check, TagTable.Empty);
}

/// <summary>One stage of the date, as its newest run left it. Its verdicts are the judgements and the passes together.</summary>
public sealed record StoredStage(
    string Stage,
    GateState Gate,
    int Attempt,
    DateTimeOffset Started,
    DateTimeOffset Finished,
    IReadOnlyList<StoredJudgement> Judgements,
    IReadOnlyList<Incident> Incidents)
{
    /// <summary>The verdicts on tags and families that passed, by rule.</summary>
    public IReadOnlyList<StoredPasses> Passes { get; init; } = [];

    /// <summary>Its checks, in the order of the plan of then.</summary>
    public IReadOnlyList<StoredCheck> Checks { get; init; } = [];

    /// <summary>The run that judged it; null when nobody knows.</summary>
    public StoredRun? Run { get; init; }
}

/// <summary>A run as it is stored.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Verb">`run`, `tags`, …</param>
/// <param name="Host">The machine that it ran on.</param>
/// <param name="User">The user who ran it.</param>
public sealed record StoredRun(long Id, string Verb, string Host, string User);

/// <summary>How a check was measured.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Kind of its measurement, as in the plan.</param>
/// <param name="Dimension">What the keys of its series are; empty when they have none.</param>
/// <param name="Asked">The questions that were asked, a line or more each.</param>
/// <param name="Took">How long measuring took, in whole milliseconds.</param>
/// <param name="JudgedAt">When it was judged, UTC; null when an older program did.</param>
public sealed record StoredCheck(string Name, string Kind, string Dimension, string Asked, TimeSpan Took, DateTimeOffset? JudgedAt);

/// <summary>One series over time.</summary>
/// <param name="Id">What it is.</param>
/// <param name="Dimension">What its key is.</param>
/// <param name="Today">The value of the business date; null when it was missed.</param>
/// <param name="ShareOfTotal">Today's `tag_total_per`, or null.</param>
/// <param name="ShareOfActive">Today's `tag_dau_per`, or null.</param>
/// <param name="Before">Stored days strictly before the date, ascending; a day that is missing is not among them.</param>
public sealed record StoredSeries(
    SeriesId Id, string Dimension, double? Today, double? ShareOfTotal, double? ShareOfActive, IReadOnlyList<StoredValue> Before)
{
    /// <summary>Why there is no value of the business date; null when there is one, or the series was not measured but judged.</summary>
    public Measurement.Missed? Missed { get; init; }

    /// <summary>What was found by the first rule that passed it, where that verdict is not stored by itself; null when there is none.</summary>
    public Finding? Passed { get; init; }

    /// <summary>What was measured on the business date, if anything.</summary>
    public Measurement? Measurement => Today is { } value ? new Measurement.Taken(Id, value, ShareOfTotal, ShareOfActive) : Missed;
}

/// <summary>A stored value, and whether later baselines may use it.</summary>
public readonly record struct StoredValue(DateOnly Date, double Value, bool IsAccepted);
