using System.Globalization;
using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>A file has none of a kind of flaw. The series without a key is their number; those with one are the first of them, in words.</summary>
public sealed record FlawlessRule : IRule
{
    /// <summary>Flaws that a sentence names.</summary>
    const int MostNamed = 5;

    [PlanKey("Which flaws.")]
    public string Metric { get; init; } = "";

    public string Kind => "flawless";

    public int HistoryDays => 0;

    public IReadOnlyList<string> About => [Metric];

    public IEnumerable<KeyMistake> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var series = new SeriesId(batch.Check, Metric);
        yield return batch.Today.FirstOrDefault(measurement => measurement.Series == series) switch
        {
            Measurement.Taken taken => Judge(taken, batch),
            Measurement.Missed missed => Unjudged.Missing(Kind, missed),
            _ => Unjudged.Missing(Kind, batch, Metric),
        };
    }

    Judgement Judge(Measurement.Taken flaws, Batch batch)
    {
        var (finding, some, none) = Named(Metric);
        var fails = flaws.Value > 0;
        return new Judgement
        {
            Series = flaws.Series,
            Rule = Kind,
            Verdict = fails ? Verdict.Fail : Verdict.Pass,
            Finding = fails ? finding : Finding.Normal,
            Said = fails ? new Phrase(some, ("count", flaws.Value), ("examples", Examples(batch, flaws.Value))) : new Phrase(none),
            Value = flaws.Value,
            Expected = 0,
            High = 0,
        };
    }

    string Examples(Batch batch, double total)
    {
        var named = batch
            .Today.Where(one => one.Series.Metric == Metric && one.Series.Key.Length > 0)
            .Select(one => one.Series.Key)
            .OrderBy(Line)
            .ThenBy(flaw => flaw, StringComparer.Ordinal)
            .Take(MostNamed)
            .ToList();
        return string.Join("; ", named) + (named.Count < total ? "; …" : "");
    }

    /// <summary>The number in "line 17: …", so that line 9 comes before it.</summary>
    public static long Line(string flaw)
    {
        var digits = flaw.SkipWhile(letter => !char.IsAsciiDigit(letter)).TakeWhile(char.IsAsciiDigit).Take(18);
        return long.TryParse(string.Concat(digits), NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : 0;
    }

    static (Finding Finding, string Some, string None) Named(string metric) => metric switch
    {
        Metrics.WrongColumns => (Finding.Header, "verdict.wrong_columns", "verdict.no_wrong_columns"),
        Metrics.BadBytes => (Finding.Encoding, "verdict.bad_bytes", "verdict.no_bad_bytes"),
        Metrics.WrongChecksums => (Finding.Checksum, "verdict.wrong_checksums", "verdict.no_wrong_checksums"),
        Metrics.RepeatedKeys => (Finding.Duplicates, "verdict.repeated_keys", "verdict.no_repeated_keys"),
        _ => (Finding.Malformed, "verdict.malformed_lines", "verdict.no_malformed_lines"),
    };
}
