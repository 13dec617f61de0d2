using TagGuard.Plans;

namespace TagGuard.Judgements;

/// <summary>Something is there, and was there in time.</summary>
public sealed record DeadlineRule : IRule
{
    [PlanKey("Clock time of the morning after the business date.")]
    public TimeOnly? Deadline { get; init; }

    public string Kind => "deadline";

    public int HistoryDays => 0;

    public IEnumerable<(string? Key, string Message)> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch) => [];
}
