using TagGuard.Detection;
using TagGuard.Detection.Drifts;
using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Detect;

/// <summary>Once a week, the tags that grew or shrank slowly beyond what all tags did:
/// what no single morning shows. It never closes a gate.</summary>
/// <remarks>A tag is told once in <see cref="Drift.DaysBetweenAlarms"/> days. Nothing is
/// remembered for it: the lists of the weeks before are made again.</remarks>
public sealed record DriftRule : IRule
{
    const int Week = 7;

    [PlanKey("Weekday of the business date on which the list is made. Default sunday.", Example = "sunday")]
    public DayOfWeek On { get; init; } = DayOfWeek.Sunday;

    public string Kind => "drift";

    public int HistoryDays => CheckMorning.HistoryDays + Drift.DaysBetweenAlarms;

    public bool ComparesDays => true;

    public bool CanClose => false;

    public IReadOnlyList<string> About => [Metrics.TagCount];

    public IEnumerable<KeyMistake> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        if (batch.Day.Date.DayOfWeek != On || batch.History.Series.Count == 0)
            return [];
        List<Measurement.Taken> tags =
        [
            .. batch
                .Today.OfType<Measurement.Taken>()
                .Where(tag => VolumeSeries.Has(tag.Series) && tag.Series.Key.Length > 0)
                .OrderBy(tag => tag.Series),
        ];
        var told = new HashSet<int>();
        for (var ago = Drift.DaysBetweenAlarms - Week; ago > 0; ago -= Week)
            told.UnionWith(DigestOf(batch, tags, ago, told).Select(drift => drift.Tag));
        return DigestOf(batch, tags, 0, told).Select(drift => JudgementOf(tags[drift.Tag], drift));
    }

    static IReadOnlyList<DriftResult> DigestOf(Batch batch, IReadOnlyList<Measurement.Taken> tags, int ago, HashSet<int> told) =>
        Drift.Digest(VolumeMorning.Before(batch, tags, ago), told);

    Judgement JudgementOf(Measurement.Taken tag, DriftResult drift)
    {
        var found = Math.Abs(drift.CommonMove) < 0.01
            ? new Phrase("verdict.drifted", ("change", Percent(drift.Move)))
            : new Phrase("verdict.drifted_beyond", ("change", Percent(drift.Move)), ("all", Percent(drift.CommonMove)));
        return new Judgement
        {
            Series = tag.Series,
            Rule = Kind,
            Verdict = Verdict.Warn,
            Finding = Finding.Drift,
            Said = Said.Of("verdict.drift", tag, ("found", found)),
            Value = tag.Value,
            Expected = Math.Round(Math.Clamp(tag.Value / drift.Factor, 0, double.MaxValue), 1),
            Blocking = false,
        };
    }

    static double Percent(double move) => (Math.Exp(move) - 1) * 100;
}
