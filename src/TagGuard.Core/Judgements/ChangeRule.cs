using TagGuard.Plans;

namespace TagGuard.Judgements;

/// <summary>Change against N days ago, or against the average of the last N days.</summary>
public sealed record ChangeRule : IRule
{
    [PlanKey("Compare with the average of the accepted days among the last N.", Example = "7d")]
    public TimeSpan? AvgLast { get; init; }

    [PlanKey("Compare with the value N days ago.", Example = "7d")]
    public TimeSpan? DaysAgo { get; init; }

    [PlanKey("Changes beyond this warn: -10%, +20%, 10% (both ways) or [-10%, +30%].", Example = "-10%")]
    public Limits Warn { get; init; }

    [PlanKey("Changes beyond this fail.", Example = "-30%")]
    public Limits Fail { get; init; }

    [PlanKey("Tags smaller than this, both today and before, are not judged: few users move by large percentages. Default 0.", Example = "200")]
    public long MinUsers { get; init; }

    public string Kind => "change";

    public int HistoryDays => (int)Math.Ceiling((AvgLast ?? DaysAgo ?? TimeSpan.Zero).TotalDays);

    public IEnumerable<(string? Key, string Message)> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch) => [];
}
