using TagGuard.Plans;

namespace TagGuard.Judgements;

/// <summary>Distance from the median of the same weekday, in robust standard deviations, with floors for small and for steady tags.</summary>
public sealed record BaselineRule : IRule
{
    [PlanKey("Length of the season. Default 7d: the same weekday.", Example = "7d")]
    public TimeSpan Season { get; init; } = TimeSpan.FromDays(7);

    [PlanKey("Seasons of history to look back. Default 8.")]
    public int Seasons { get; init; } = 8;

    [PlanKey("Fewest accepted days of the same season that an expectation is made of. Default 4.")]
    public int MinSeasons { get; init; } = 4;

    [PlanKey("Tags smaller than this, both today and before, are not judged. Default 50.", Example = "200")]
    public long MinUsers { get; init; } = 50;

    public string Kind => "baseline";

    public int HistoryDays => (int)Season.TotalDays * Seasons;

    public IEnumerable<(string? Key, string Message)> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch) => [];
}
