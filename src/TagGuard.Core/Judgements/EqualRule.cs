using TagGuard.Plans;

namespace TagGuard.Judgements;

/// <summary>Two counts are equal within a tolerance.</summary>
public sealed record EqualRule : IRule
{
    [PlanKey("How far the counts may lie apart.")]
    public Tolerance Tolerance { get; init; }

    [PlanIgnore]
    public string LeftName { get; init; } = "left";

    [PlanIgnore]
    public string RightName { get; init; } = "right";

    public string Kind => "equal";

    public int HistoryDays => 0;

    public IEnumerable<(string? Key, string Message)> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch) => [];
}
