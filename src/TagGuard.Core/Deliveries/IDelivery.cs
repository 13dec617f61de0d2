using TagGuard.Storage;

namespace TagGuard.Deliveries;

/// <summary>Something that people get once a stage or a run is saved: a file of the keys that differ, the report, a mail.</summary>
/// <remarks>
/// It reads the store, or what it is given, and it changes neither a verdict nor a gate nor an exit code: whatever it throws is told and noted, and
/// the run goes on.
/// </remarks>
public interface IDelivery
{
    /// <summary>What it delivers, for people: `the report`.</summary>
    string Name { get; }

    /// <summary>How long it may take each time; then it is left behind, and the run goes on.</summary>
    TimeSpan Timeout => TimeSpan.FromMinutes(5);

    /// <summary>A run of the date has begun, and its gates are closed: what an earlier one delivered holds no longer.</summary>
    Task RunBegunAsync(DateOnly date, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A stage of the date was saved.</summary>
    Task StageSavedAsync(DateOnly date, StageResult stage, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Every stage of the run was saved, and the run has ended.</summary>
    Task RunEndedAsync(DateOnly date, IReadOnlyList<StageResult> stages, CancellationToken cancellationToken) => Task.CompletedTask;
}
