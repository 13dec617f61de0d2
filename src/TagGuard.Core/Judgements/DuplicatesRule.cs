using TagGuard.Plans;

namespace TagGuard.Judgements;

/// <summary>No user is in the partition twice.</summary>
public sealed record DuplicatesRule : IRule
{
    [PlanKey("Most rows that may repeat a user: a number or percent of the rows. Default 0.", Example = "0.1%")]
    public Tolerance AtMost { get; init; }

    public string Kind => "duplicates";

    public int HistoryDays => 0;

    public IEnumerable<(string? Key, string Message)> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch) => [];
}
