using System.Globalization;
using CsvHelper;
using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Storage;

namespace TagGuard.Adapters.Csv;

/// <summary>What was found on a date, as CSV (RFC 4180): a row for each verdict that is not a Pass.</summary>
public static class FindingsCsv
{
    static readonly string[] Columns =
        ["date", "stage", "check", "rule", "verdict", "finding", "closes_gate", "metric", "key", "value", "expected", "low", "high", "sentence"];

    /// <param name="day">The date.</param>
    /// <param name="language">The language of the sentences.</param>
    public static string Of(StoredDay day, Language language)
    {
        var book = Phrasebook.Of(language);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions(), leaveOpen: true))
        {
            foreach (var column in Columns)
                csv.WriteField(column);
            csv.EndRecord();
            foreach (var stage in day.Stages)
            {
                foreach (var judgement in stage.Judgements.Select(stored => stored.Judgement).Where(one => one.Verdict != Verdict.Pass))
                    Row(csv, day.Date, stage.Stage, judgement, book.Say(judgement.Said));
            }
        }
        return text.ToString();
    }

    static void Row(CsvWriter csv, DateOnly date, string stage, Judgement judgement, string sentence)
    {
        csv.WriteField(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        csv.WriteField(Harmless(stage));
        csv.WriteField(Harmless(judgement.Series.Check));
        csv.WriteField(judgement.Rule);
        csv.WriteField(Name(judgement.Verdict));
        csv.WriteField(Name(judgement.Finding));
        csv.WriteField(judgement.ClosesGate ? "1" : "0");
        csv.WriteField(judgement.Series.Metric);
        csv.WriteField(Harmless(judgement.Series.Key));
        foreach (var number in new[] { judgement.Value, judgement.Expected, judgement.Low, judgement.High })
            csv.WriteField(number?.ToString("R", CultureInfo.InvariantCulture));
        csv.WriteField(Harmless(sentence));
        csv.EndRecord();
    }

    static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>A text that a spreadsheet shows and does not work out: one that begins as a formula gets a quote in front.</summary>
    /// <remarks>owasp.org/www-community/attacks/CSV_Injection; the wide forms of the signs work in spreadsheets of East Asia.</remarks>
    internal static string Harmless(string text) =>
        text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..] ? "'" + text : text;
}
