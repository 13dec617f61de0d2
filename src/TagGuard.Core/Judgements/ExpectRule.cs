using TagGuard.Measurements;
using TagGuard.Plans;

namespace TagGuard.Judgements;

/// <summary>A number is what it should be: equal, at least, at most.</summary>
public sealed record ExpectRule : IRule
{
    [PlanKey("Which number. Default rows.")]
    public string Metric { get; init; } = Metrics.Rows;

    [PlanKey("The number that is right.", Name = "equals")]
    public double? Exactly { get; init; }

    [PlanKey("The smallest that is right.")]
    public double? AtLeast { get; init; }

    [PlanKey("The largest that is right.")]
    public double? AtMost { get; init; }

    /// <summary>Whether zero rows mean "not there yet" (a log row that will still come) and not "wrong".</summary>
    [PlanIgnore]
    public bool ZeroIsNotReady { get; init; }

    public string Kind => "expect";

    public int HistoryDays => 0;

    public IEnumerable<(string? Key, string Message)> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch) => [];
}
