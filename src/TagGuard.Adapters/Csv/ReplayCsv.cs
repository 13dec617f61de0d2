using System.Globalization;
using CsvHelper;
using TagGuard.Facts;
using TagGuard.Replays;

namespace TagGuard.Adapters.Csv;

/// <summary>A replay, and a proof of rules, as CSV (RFC 4180).</summary>
public static class ReplayCsv
{
    /// <summary>One row for each series that was told then or would have been, with both verdicts.</summary>
    public static string Of(IReadOnlyList<ReplayedDay> days) =>
        Written(csv =>
        {
            Row(
                csv,
                "date",
                "stage",
                "check",
                "metric",
                "key",
                "did",
                "did_rule",
                "did_finding",
                "would",
                "would_rule",
                "would_finding",
                "value",
                "expected",
                "low",
                "high",
                "sentence");
            foreach (var day in days)
            {
                foreach (var stage in day.Stages)
                    WriteStage(csv, day.Date, stage);
            }
        });

    /// <summary>One row for each rule and series, with the smallest changes that would fail today in percent.</summary>
    public static string Of(IReadOnlyList<RuleProof> proofs) =>
        Written(csv =>
        {
            Row(
                csv,
                "check",
                "rule",
                "metric",
                "key",
                "expected",
                "seen_drop_percent",
                "seen_rise_percent",
                "told_drop_percent",
                "told_rise_percent",
                "fails_drop_percent",
                "fails_rise_percent",
                "false_alarms_per_1000");
            foreach (var proof in proofs)
            {
                foreach (var series in proof.Series)
                    Row(
                        csv,
                        proof.Check,
                        proof.Rule,
                        series.Series.Metric,
                        series.Series.Key,
                        series.Expected,
                        Rounded(series.Seen.Drop),
                        Rounded(series.Seen.Rise),
                        Rounded(series.Alerts.Drop),
                        Rounded(series.Alerts.Rise),
                        Rounded(series.Fails.Drop),
                        Rounded(series.Fails.Rise),
                        Math.Round(proof.AlarmsPerThousand, 3));
            }
        });

    static void WriteStage(CsvWriter csv, DateOnly date, ReplayedStage stage)
    {
        var did = (stage.Did?.Alerts ?? []).ToLookup(judgement => judgement.Series);
        var would = stage.Would.Alerts.ToLookup(judgement => judgement.Series);
        foreach (var series in did.Select(same => same.Key).Union(would.Select(same => same.Key)).Order())
        {
            var (then, now) = (did[series].MaxBy(judgement => judgement.Verdict), would[series].MaxBy(judgement => judgement.Verdict));
            var shown = now ?? then!;
            Row(
                csv,
                date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                stage.Stage,
                series.Check,
                series.Metric,
                series.Key,
                VerdictOf(then),
                then?.Rule,
                then?.Finding,
                VerdictOf(now),
                now?.Rule,
                now?.Finding,
                shown.Value,
                shown.Expected,
                shown.Low,
                shown.High,
                shown.Sentence);
        }
    }

    static Verdict VerdictOf(Judgement? judgement) => judgement?.Verdict ?? Verdict.Pass;

    static double? Rounded(double? percent) => percent is double known ? Math.Round(known, 2) : null;

    static void Row(CsvWriter csv, params object?[] fields)
    {
        foreach (var field in fields)
            csv.WriteField(Convert.ToString(field, CultureInfo.InvariantCulture));
        csv.EndRecord();
    }

    static string Written(Action<CsvWriter> rows)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions(), leaveOpen: true))
            rows(csv);
        return text.ToString();
    }
}
