using TagGuard.Plans;

namespace TagGuard.Judgements;

/// <summary>Today is a copy of yesterday: more tags have exactly the count of the day before than chance explains.</summary>
public sealed record StaleRule : IRule
{
    [PlanKey("Fewest tags that must be comparable. Default 20.")]
    public int MinTags { get; init; } = 20;

    public string Kind => "stale";

    public int HistoryDays => 28;

    public IEnumerable<(string? Key, string Message)> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch) => [];
}
