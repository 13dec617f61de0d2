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
        var (words, day) = (scene.Words, scene.Facts.Day);
        var sides = day.Series.ToLookup(series => series.Id);
        var verdicts = day.Stages.SelectMany(stage => stage.Judgements).Select(stored => stored.Judgement)
            .ToLookup(judgement => judgement.Series, judgement => judgement.Verdict);
        var checks = day.Series.Where(series => series.Id is { Metric: Metrics.RightRows, Key: "" })
            .Select(right => (
                Name: right.Id.Check,
                Left: sides[right.Id with { Metric = Metrics.LeftRows }].FirstOrDefault(),
                Right: right,
                Verdict: verdicts[right.Id].DefaultIfEmpty(Verdict.Unknown).Max()))
            .ToList();
        if (checks.Count == 0)
            yield break;
        if (scene.IsQuiet)
        {
            var agree = checks.Count(check => check.Verdict == Verdict.Pass);
            yield return new MailBlock.Lines([new MailLine(words.Say("mail.all_agree", ("agree", agree), ("count", checks.Count)))]);
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
                Today(check.Right.Today - check.Left?.Today, check.Verdict, words),
            ])
            {
                Days = [.. Enumerable.Range(1, Days).Reverse().Select(back => day.Date.AddDays(-back)).Select(date => (
                    date.ToString("MM-dd", CultureInfo.InvariantCulture), Earlier(On(check.Left, date), On(check.Right, date))))],
            })]);
    }

    static StoredValue? On(StoredSeries? series, DateOnly date) =>
        series?.Before.Where(day => day.Date == date).Select(day => (StoredValue?)day).FirstOrDefault();

    static string Shown(double? value) => value is double known ? Numbers.Count(known) : Numbers.None;

    /// <summary>In the colour of the verdict: a difference may be allowed, and rows may differ that are as many.</summary>
    static MailCell Today(double? difference, Verdict verdict, Words words) => new(
        difference switch
        {
            null => Numbers.None,
            0 => words.Say(verdict == Verdict.Pass ? "mail.equal" : "mail.as_many"),
            double known => Signed(known, Numbers.Count(known)),
        },
        verdict,
        IsNumber: true);

    /// <summary>In the colour of what the check said then, or a person since.</summary>
    static MailCell Earlier(StoredValue? left, StoredValue? right) => (right?.Value - left?.Value, right?.IsAccepted) switch
    {
        (null, _) => new MailCell(Numbers.None, Verdict.Unknown, IsNumber: true),
        (0, true) => new MailCell("=", Verdict.Pass, IsNumber: true),
        (0, _) => new MailCell("≠", Verdict.Fail, IsNumber: true),
        (double known, bool isAccepted) => new MailCell(
            Signed(known, Short(known)), isAccepted ? Verdict.Pass : Verdict.Fail, IsNumber: true),
        _ => throw new InvalidOperationException("A difference has two sides."),
    };

    static string Signed(double value, string shown) => (value > 0 ? "+" : "") + shown;

    /// <summary>Seven stand side by side on a phone.</summary>
    static string Short(double value) => Math.Abs(value) switch
    {
        >= 9_999_500 => Numbers.Rounded(Math.Round(value / 1e6)) + "M",
        >= 9_999.5 => Numbers.Rounded(Math.Round(value / 1e3)) + "k",
        _ => Numbers.Count(value),
    };
}
