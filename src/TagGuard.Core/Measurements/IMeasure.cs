using TagGuard.Judgements;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>One kind of measurement: the keys it has in the plan, and how the numbers are got.</summary>
/// <remarks>
/// Implementations are immutable records bound from the plan. To add one: a file in this folder, and its line in <see cref="Measures.All"/>.
/// <see cref="TakeAsync"/> lets a <see cref="SourceException"/> out; the measurer turns it into missed measurements, so the other checks go on.
/// </remarks>
public interface IMeasure : IPlanPart
{
    /// <summary>The series that stands for the whole measurement, and is missed when the source does not answer.</summary>
    [PlanIgnore]
    IReadOnlyList<string> Metrics { get; }

    /// <summary>Every metric that its series may have: what rules can be about.</summary>
    [PlanIgnore]
    IReadOnlyList<string> Counts => Metrics;

    /// <summary>Connections it asks, each with the capability it needs.</summary>
    [PlanIgnore]
    IReadOnlyList<Need> Needs { get; }

    /// <summary>Rules that its own keys imply (`equals`, `deadline`, `tolerance`).</summary>
    [PlanIgnore]
    IReadOnlyList<IRule> Rules { get; }

    /// <summary>What the keys of its series are: `userid`, `cookieid`, `crowd`; empty when its series have no key.</summary>
    [PlanIgnore]
    string Dimension => "";

    /// <summary>What <see cref="TakeAsync"/> asks on a date, in the order of asking, for `--dry-run`. Touches no system.</summary>
    IReadOnlyList<Question> Questions(DateOnly date, ISources sources);

    Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken);
}

/// <summary>A connection by the name in the plan, the capability wanted of it, and the key of the measurement that names it.</summary>
public sealed record Need(string Connection, Type Capability, string Key = "connection")
{
    /// <summary>SQL of the plan that is run there, and the key that holds it.</summary>
    public IReadOnlyList<UserQuery> Queries { get; init; } = [];
}

/// <summary>SQL that stands in the plan.</summary>
/// <param name="Key">Its key in the measurement; `all.1.sql` is the `sql` of the second in the list `all`.</param>
/// <param name="Sql">The text.</param>
public sealed record UserQuery(string Key, string Sql);

/// <summary>What is asked of a connection: SQL with the values that are bound, a path, a request. Never a secret.</summary>
public sealed record Question(string Connection, string Text);

/// <summary>What a measurement is given.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Day">The business date.</param>
/// <param name="Sources">The systems of the plan.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Progress">Told how many rows were read so far; null when nobody looks.</param>
public sealed record MeasureContext(string Check, BusinessDay Day, ISources Sources, TimeProvider Clock, IProgress<long>? Progress = null)
{
    /// <summary>Asks again when a source does not answer; null when a question is asked once.</summary>
    public IRetry? Retry { get; init; }

    /// <summary>Told before a question is asked again.</summary>
    public Action<AskedAgain> AskedAgain { get; init; } = _ => { };

    public SeriesId Series(string metric, string key = "") => new(Check, metric, key);

    /// <summary>Asks a source, by the name of its connection: the one way in which a measurement does.</summary>
    public Task<T> AskAsync<TSource, T>(string connection, Func<TSource, CancellationToken, Task<T>> ask, CancellationToken cancellationToken) where TSource : ISource
    {
        var source = Sources.Get<TSource>(connection);
        return Retry is null ? ask(source, cancellationToken) : Retry.AskAsync(token => ask(source, token), AskedAgain, cancellationToken);
    }
}

/// <summary>What a measurement brought home.</summary>
/// <param name="Measurements">The numbers.</param>
/// <param name="Asked">The questions that were asked, for `explain`.</param>
/// <param name="CountedEveryKey">Whether every key there is was counted, so that a key that is not among them has a count of zero.</param>
public sealed record Taking(IReadOnlyList<Measurement> Measurements, string Asked, bool CountedEveryKey = false)
{
    /// <summary>The same with the plan's secrets hidden in what is told of it: it is stored.</summary>
    public Taking Without(PlanSecrets secrets) => this with
    {
        Measurements = [.. Measurements.Select(measurement => measurement is Measurement.Missed missed ? missed with { Reason = secrets.Hide(missed.Reason) } : measurement)],
        Asked = secrets.Hide(Asked),
    };

    /// <summary>Nothing of a check could be measured.</summary>
    /// <param name="check">The check.</param>
    /// <param name="reason">Why.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="isAbsent">Whether the source said that it is not there.</param>
    /// <param name="isTransient">Whether the same question may succeed a little later.</param>
    public static Taking Missed(CheckPlan check, string reason, string asked, bool isAbsent, bool isTransient) => new(
        [.. check.Measure.Metrics.Select(metric => new Measurement.Missed(new SeriesId(check.Name, metric), reason, isAbsent) { IsTransient = isTransient })], asked);
}
