using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Replays;

namespace TagGuard.Rendering;

/// <summary>A replay as one page: day by day what was told and blocked, beside what another plan would have told and blocked.</summary>
public static class ReplayReport
{
    const int MostTitles = 3;

    /// <summary>Renders the days of a replay. Pure: the same days and words give the same bytes.</summary>
    /// <param name="days">The days, in order.</param>
    /// <param name="historyOf">Name of the plan that the numbers were stored under.</param>
    /// <param name="plan">The plan that was tried: its file.</param>
    /// <param name="options">When it is made.</param>
    public static string Render(IReadOnlyList<ReplayedDay> days, string historyOf, string plan, ReportOptions options)
    {
        var html = new HtmlWriter();
        html.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{Asset.Style.Hash}'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Replay of {historyOf}</title>
            <style>
            """);
        html.Raw(Asset.Style);
        html.Write($"""
            </style>
            </head>
            <body>
            <header>
            <p class="when">{Span(days)} · {historyOf}</p>
            <h1>What {plan} would have told</h1>
            <p class="made">Made {Times.At(options.MadeAt, options)} ({options.Zone.Id})</p>
            </header>
            <main>

            """);
        WriteTotals(html, days);
        WriteDays(html, days);
        html.Write($"</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    static string Span(IReadOnlyList<ReplayedDay> days) =>
        days.Count == 0 ? "No day was judged" : $"{Numbers.IsoDay(days[0].Date)} to {Numbers.IsoDay(days[^1].Date)}, {Numbers.Many(days.Count, "day")}";

    static void WriteTotals(HtmlWriter html, IReadOnlyList<ReplayedDay> days)
    {
        var stages = days.SelectMany(day => day.Stages).ToList();
        var (did, would) = (ReplayTotals.Of(stages.Select(stage => stage.Did).OfType<StageOutcome>()), ReplayTotals.Of(stages.Select(stage => stage.Would)));
        html.Write($"""
            <section class="stage">
            <table class="checks">
            <thead><tr><th></th><th class="n">Did</th><th class="n">Would</th></tr></thead>
            <tbody>
            <tr><td>Gates closed<td class="n" data-is="Did">{did.Closed}<td class="n" data-is="Would">{would.Closed}
            <tr><td>Incidents told<td class="n" data-is="Did">{did.Incidents}<td class="n" data-is="Would">{would.Incidents}
            <tr><td>Series told<td class="n" data-is="Did">{did.Told}<td class="n" data-is="Would">{would.Told}
            </tbody></table>
            </section>

            """);
    }

    static void WriteDays(HtmlWriter html, IReadOnlyList<ReplayedDay> days)
    {
        var quiet = days.Count(day => day.Stages.All(IsQuiet));
        html.Write($"<section>\n<h2>Day by day</h2>\n<p class=\"meta\">{Numbers.Many(quiet, "day")} on which nothing was told and nothing would have been {(quiet == 1 ? "is" : "are")} left out.</p>\n");
        html.Write($"<table class=\"checks\">\n<thead><tr><th>Date</th><th>Stage</th><th>Did</th><th>Would</th></tr></thead>\n<tbody>\n");
        foreach (var day in days)
        {
            foreach (var stage in day.Stages.Where(stage => !IsQuiet(stage)))
                html.Write($"<tr><td class=\"n\">{Numbers.IsoDay(day.Date)}<td>{stage.Stage}{(stage.GateDiffers ? Markup.Of($" <span class=\"badge warn\">! differs</span>") : default)}<td data-is=\"Did\">{Of(stage.Did)}<td data-is=\"Would\">{Of(stage.Would)}\n");
        }
        html.Write($"</tbody></table>\n</section>\n");
    }

    static bool IsQuiet(ReplayedStage stage) => stage is { Did: null or { IsOpen: true, Incidents.Count: 0 }, Would: { IsOpen: true, Incidents.Count: 0 } };

    static Markup Of(StageOutcome? outcome)
    {
        if (outcome is null)
            return Markup.Of($"<span class=\"meta\">not judged</span>");
        var html = new HtmlWriter();
        var colour = outcome.Exit switch { GateExit.Open => Verdict.Pass, GateExit.BadData => Verdict.Fail, _ => Verdict.Unknown };
        html.Write($"<span class=\"badge {Words.ClassOf(colour)}\">{Words.SignOf(colour)} {(outcome.IsOpen ? "open" : $"closed, exit {(int)outcome.Exit}")}</span>");
        foreach (var incident in outcome.Incidents.Take(MostTitles))
            html.Write($"<br>{incident.Title}");
        if (outcome.Incidents.Count > MostTitles)
            html.Write($"<br><small>and {outcome.Incidents.Count - MostTitles} more</small>");
        return Markup.From(html);
    }
}
