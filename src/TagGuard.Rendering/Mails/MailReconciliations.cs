using System.Globalization;
using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Rendering.Mails;

/// <summary>The same count in two systems: today's, and the difference on each of the seven days before.</summary>
static class MailReconciliations
{
    const int Days = 7;

    public static IEnumerable<MailBlock> Of(MailScene scene)
    {
        var words = scene.Words;
        var sides = scene.Facts.Day.Series.ToLookup(series => (series.Id.Check, series.Id.Metric));
        var checks = scene.Facts.Day.Series.Where(series => series.Id is { Metric: Metrics.RightRows, Key: "" }).Select(series => series.Id.Check)
            .Distinct()
            .Select(check => (Name: check, Left: sides[(check, Metrics.LeftRows)].FirstOrDefault(), Right: sides[(check, Metrics.RightRows)].First()))
            .ToList();
        if (checks.Count == 0)
            yield break;
        if (scene.IsQuiet)
        {
            var equal = checks.Count(check => Difference(check.Left?.Today, check.Right.Today) == 0);
            yield return new MailBlock.Lines([new MailLine(words.Say("mail.all_equal", ("equal", equal), ("count", checks.Count)))]);
            yield break;
        }
        yield return new MailBlock.Heading(words.Say("mail.reconciled"));
        yield return new MailBlock.Table(
            ["", words.Say("mail.left"), words.Say("mail.right"), words.Say("mail.difference")],
            [.. checks.Select(check => new MailRow(
            [
                new MailCell(check.Name),
                MailCell.Number(Shown(check.Left?.Today)),
                MailCell.Number(Shown(check.Right.Today)),
                CellOf(Difference(check.Left?.Today, check.Right.Today), words, isShort: false),
            ])
            {
                Days = [.. Enumerable.Range(1, Days).Reverse().Select(back => scene.Facts.Day.Date.AddDays(-back)).Select(day => (
                    day.ToString("MM-dd", CultureInfo.InvariantCulture),
                    CellOf(Difference(On(check.Left, day), On(check.Right, day)), words, isShort: true)))],
            })]);
    }

    static double? Difference(double? left, double? right) => right - left;

    static double? On(StoredSeries? series, DateOnly date) =>
        series?.Before.Where(day => day.Date == date).Select(day => (double?)day.Value).FirstOrDefault();

    static string Shown(double? value) => value is double known ? Numbers.Count(known) : Numbers.None;

    static MailCell CellOf(double? difference, Words words, bool isShort) => difference switch
    {
        null => new MailCell(Numbers.None, Verdict.Unknown, IsNumber: true),
        0 => new MailCell(isShort ? "=" : words.Say("mail.equal"), Verdict.Pass, IsNumber: true),
        double known => new MailCell((known > 0 ? "+" : "") + (isShort ? Short(known) : Numbers.Count(known)), Verdict.Fail, IsNumber: true),
    };

    /// <summary>Seven stand side by side on a phone.</summary>
    static string Short(double value) => Math.Abs(value) switch
    {
        >= 9_999_500 => Numbers.Rounded(Math.Round(value / 1e6)) + "M",
        >= 9_999.5 => Numbers.Rounded(Math.Round(value / 1e3)) + "k",
        _ => Numbers.Count(value),
    };
}
