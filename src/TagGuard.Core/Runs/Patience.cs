namespace TagGuard.Runs;

/// <summary>How long a run waits.</summary>
/// <param name="ForLock">For another run of the same date.</param>
public sealed record Patience(TimeSpan ForLock)
{
    /// <summary>The stage that is waited for; empty when none is.</summary>
    public string Stage { get; init; } = "";

    /// <summary>How long its checks may take to hold. Zero: one look.</summary>
    public TimeSpan ForStage { get; init; }

    /// <summary>From one look to the next.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long this stage is waited for.</summary>
    public TimeSpan For(string stage) => stage == Stage ? ForStage : TimeSpan.Zero;
}
