using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Storage;

namespace TagGuard.Reports;

/// <summary>What a report tells, before it has a form: the verdict, the stages, and the incidents in the order in which to read them.</summary>
public sealed record ReportFacts
{
    /// <summary>Keys that are listed at most: beyond that, the ones that are out of order or moved most.</summary>
    public const int MostTags = 5_000;

    public required StoredDay Day { get; init; }

    /// <summary>The stages of the plan in order, judged or not.</summary>
    public required IReadOnlyList<StageFacts> Stages { get; init; }

    /// <summary>What closes a gate first, in the order of the stages, then the worst, then the largest; what follows from another is with
    /// that one.</summary>
    public required IReadOnlyList<IncidentFacts> Incidents { get; init; }

    /// <summary>Keys to list, the worst first.</summary>
    public required IReadOnlyList<ReportedTag> Tags { get; init; }

    /// <summary>Keys that there are, listed or not, by check.</summary>
    public required IReadOnlyDictionary<string, int> TagsByCheck { get; init; }

    /// <summary>Series that were not accepted the day before and are in order again.</summary>
    public required IReadOnlyList<SeriesId> Recovered { get; init; }

    public required VerdictCounts Counts { get; init; }

    public bool IsOpen => Stages.Count > 0 && Stages.All(stage => stage.IsOpen);

    /// <summary>Whether it is open because a person opened it.</summary>
    public bool IsOverridden => IsOpen && Overridden.Count > 0;

    /// <summary>Whether all that keeps it closed is that something is not there yet.</summary>
    public bool IsNotReady => !IsOpen && Closed is { Count: > 0 } closed && closed.TrueForAll(stage => stage.Standing == GateStanding.NotReady);

    List<StageFacts> Overridden => [.. Stages.Where(stage => stage.Standing == GateStanding.OpenByOverride)];

    /// <summary>The closed stages; not those that only wait behind one of them.</summary>
    List<StageFacts> Closed => Stages.Where(stage => !stage.IsOpen && stage.Standing != GateStanding.Held).ToList() is { Count: > 0 } closed
        ? closed
        : [.. Stages.Where(stage => !stage.IsOpen)];

    /// <summary>The verdict in one line: "Gate closed: tags".</summary>
    public Phrase Headline
    {
        get
        {
            var closed = Closed;
            var overridden = Overridden;
            return (closed.Count, overridden.Count) switch
            {
                _ when Stages.Count == 0 => new Phrase("report.headline_nothing"),
                (0, 0) when Stages.Count == 1 => new Phrase("report.headline_open", ("stage", Stages[0].Name)),
                (0, 0) => new Phrase("report.headline_all_open"),
                (0, _) => new Phrase("report.headline_override", ("stages", NamesOf(overridden))),
                _ when IsNotReady => new Phrase(
                    "report.headline_not_ready",
                    ("stages", NamesOf(closed))),
                (1, _) => new Phrase("report.headline_closed", ("stages", NamesOf(closed))),
                _ => new Phrase("report.headline_several_closed", ("stages", NamesOf(closed))),
            };
        }
    }

    /// <summary>Why the first closed gate is closed; null when none is, or when incidents tell it: these are told once, below.</summary>
    public Phrase? Reason => Closed switch
    {
        [] => null,
        var closed when closed.Any(stage => IncidentsOf(stage).Any(incident => incident.ClosesGate)) => null,
        [var only] => only.Why,
        [var first, ..] => new Phrase("report.reason_of_stage", ("stage", first.Name), ("reason", first.Why)),
    };

    /// <summary>The incidents of a stage, in their order; then those that follow from one of an earlier stage and stand there.</summary>
    public IEnumerable<IncidentFacts> IncidentsOf(StageFacts stage) =>
        Incidents.Concat(Incidents.SelectMany(incident => incident.Following)).Where(incident => incident.Stage == stage.Name);

    /// <param name="day">What is stored.</param>
    /// <param name="answers">How the gates of the plan's stages stand, in order: one that was never judged is told, not left out.</param>
    public static ReportFacts Of(StoredDay day, IReadOnlyList<GateAnswer> answers)
    {
        var judgements = day.Stages.SelectMany(stage => stage.Judgements).Select(stored => stored.Judgement).ToList();
        var worst = new Dictionary<SeriesId, Judgement>();
        foreach (var judgement in judgements)
        {
            if (!worst.TryGetValue(judgement.Series, out var other) || judgement.Verdict > other.Verdict)
                worst[judgement.Series] = judgement;
        }
        var series = day.Series.ToDictionary(one => one.Id);
        var keyed = day.Series.Where(one => one.Id.IsTag).ToList();
        return new ReportFacts
        {
            Day = day,
            Stages = StagesOf(day, answers),
            Incidents = InOrder(
                [.. day.Stages.SelectMany(stage => stage.Incidents.Select(incident => FactsOf(stage.Stage, incident, day.Date, worst, series)))],
                [.. answers.Select(answer => answer.Stage)]),
            Tags = TagsOf(keyed, worst, day.Date),
            TagsByCheck = keyed.CountBy(one => one.Id.Check).ToDictionary(),
            Recovered = [.. day.Series.Where(one => HasRecovered(one, day.Date, worst)).Select(one => one.Id).Order()],
            Counts = VerdictCounts.Of(judgements, day.Stages.Sum(stage => stage.Passes.Sum(stored => stored.Passes.Count))),
        };
    }

    /// <summary>A stage that the plan does not have any more is not told: its gate is nobody's.</summary>
    static List<StageFacts> StagesOf(StoredDay day, IReadOnlyList<GateAnswer> answers)
    {
        var stored = day.Stages.ToDictionary(stage => stage.Stage);
        return [.. answers.Select(answer => StageFacts.Of(answer, stored.GetValueOrDefault(answer.Stage)))];
    }

    static IncidentFacts FactsOf(
        string stage, Incident incident, DateOnly date, Dictionary<SeriesId, Judgement> worst, Dictionary<SeriesId, StoredSeries> series)
    {
        var lead = series.GetValueOrDefault(incident.Lead);
        var judged = worst.GetValueOrDefault(incident.Lead);
        if (judged is not null && incident.Evidence is { } own)
            judged = judged with { Verdict = incident.Verdict, Expected = own.Expected, Low = own.Low, High = own.High, Used = [] };
        return new IncidentFacts(stage, incident, judged, lead, IncidentFacts.SinceOf(incident, lead, date));
    }

    /// <summary>What closes a gate first; of these the earlier stage, for later ones may wait for it; then the worst, then the largest.</summary>
    static IReadOnlyList<IncidentFacts> InOrder(IReadOnlyList<IncidentFacts> incidents, List<string> stages)
    {
        var own = incidents.Where(incident => incident.Incident.FollowsFrom is null).ToList();
        var following = incidents
            .Where(incident => incident.Incident.FollowsFrom is { } from && own.Exists(other => other.Incident.Heading.Equals(from)))
            .ToLookup(incident => incident.Incident.FollowsFrom);
        // What it follows from may be of a run that was since made again: then it stands alone.
        return [.. incidents
            .Where(incident => incident.Incident.FollowsFrom is not { } from || !following.Contains(from))
            .Select(incident => incident with { Following = [.. following[incident.Incident.Heading]] })
            .OrderByDescending(incident => incident.ClosesGate || incident.Following.Any(other => other.ClosesGate))
            .ThenBy(incident => stages.IndexOf(incident.Stage))
            .ThenByDescending(incident => incident.Incident.Verdict)
            .ThenByDescending(incident => incident.Incident.Size)];
    }

    static List<ReportedTag> TagsOf(List<StoredSeries> keyed, Dictionary<SeriesId, Judgement> worst, DateOnly date)
    {
        var tags = keyed.Select(one => ReportedTag.Of(one, worst.GetValueOrDefault(one.Id), date));
        if (keyed.Count > MostTags)
            tags = tags.OrderByDescending(tag => tag.Verdict).ThenByDescending(tag => tag.Moved).Take(MostTags);
        return [.. tags.OrderByDescending(tag => tag.Verdict).ThenBy(tag => tag.Series.Id)];
    }

    static bool HasRecovered(StoredSeries series, DateOnly date, Dictionary<SeriesId, Judgement> worst) =>
        series.Today is not null
        && series.Before.Count > 0
        && series.Before[^1] is { IsAccepted: false } last
        && last.Date == date.AddDays(-1)
        && ReportedTag.WorstOf(series, worst.GetValueOrDefault(series.Id)) is { Verdict: <= Verdict.Warn };

    static Phrase NamesOf(List<StageFacts> stages) => Listing.Of([.. stages.Select(stage => Phrase.Text(stage.Name))], most: 4);
}
