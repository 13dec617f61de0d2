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
        var html = new HtmlWriter(Words.Of(options.Language));
        var words = html.Words;
        Head.Write(html, words.Say("replay.title", ("history", historyOf)));
        html.Write($"""
            <header>
            <p class="when">{Span(words, days)} · {historyOf}</p>
            <h1>{words.Say("replay.heading", ("plan", plan))}</h1>
            <p class="made">{Headline.MadeOf(words, options)}</p>
            </header>
            <main>

            """);
        WriteTotals(html, days);
        WriteDays(html, days);
        html.Write($"</main>\n</body>\n</html>\n");
        return html.ToString();
    }

    static string Span(Words words, IReadOnlyList<ReplayedDay> days) =>
        days.Count == 0
            ? words.Say("replay.nothing")
            : words.Say("replay.span", ("first", days[0].Date), ("last", days[^1].Date), ("days", days.Count));

    static void WriteTotals(HtmlWriter html, IReadOnlyList<ReplayedDay> days)
    {
        var stages = days.SelectMany(day => day.Stages).ToList();
        var (words, wordDid, wordWould) = (html.Words, html.Words.Say("replay.did"), html.Words.Say("replay.would"));
        var incidents = words.Say("replay.incidents");
        var (did, would) = (
            ReplayTotals.Of(stages.Select(stage => stage.Did).OfType<StageOutcome>()),
            ReplayTotals.Of(stages.Select(stage => stage.Would)));
        html.Write(
            $"""
            <section class="stage">
            <table class="checks">
            <thead><tr><th></th><th class="n">{wordDid}</th><th class="n">{wordWould}</th></tr></thead>
            <tbody>
            <tr><td>{words.Say("replay.gates_closed")}<td class="n" data-is="{wordDid}">{did.Closed}<td class="n" data-is="{wordWould}">{would.Closed}
            <tr><td>{incidents}<td class="n" data-is="{wordDid}">{did.Incidents}<td class="n" data-is="{wordWould}">{would.Incidents}
            <tr><td>{words.Say("replay.series")}<td class="n" data-is="{wordDid}">{did.Alerts}<td class="n" data-is="{wordWould}">{would.Alerts}
            </tbody></table>
            </section>

            """);
    }

    static void WriteDays(HtmlWriter html, IReadOnlyList<ReplayedDay> days)
    {
        var quiet = days.Count(day => day.Stages.All(IsQuiet));
        var (words, did, would) = (html.Words, html.Words.Say("replay.did"), html.Words.Say("replay.would"));
        var differs = Markup.Of($" <span class=\"badge warn\">! {words.Say("replay.differs")}</span>");
        html.Write($"<section>\n<h2>{words.Say("replay.day_by_day")}</h2>\n<p class=\"meta\">{words.Say("replay.quiet", ("days", quiet))}</p>\n");
        html.Write(
            $"<table class=\"checks\">\n<thead><tr><th>{words.Say("replay.date")}</th><th>{words.Say("replay.stage")}</th>"
                + $"<th>{did}</th><th>{would}</th></tr></thead>\n<tbody>\n");
        foreach (var day in days)
        {
            foreach (var stage in day.Stages.Where(stage => !IsQuiet(stage)))
                html.Write(
                    $"<tr><td class=\"n\">{Numbers.IsoDay(day.Date)}<td>{stage.Stage}{(stage.GateDiffers ? differs : default)}<td "
                        + $"data-is=\"{did}\">{Of(words, stage.Did)}<td data-is=\"{would}\">{Of(words, stage.Would)}\n");
        }
        html.Write($"</tbody></table>\n</section>\n");
    }

    static bool IsQuiet(ReplayedStage stage) =>
        stage is { Did: null or { IsOpen: true, Incidents.Count: 0 }, Would: { IsOpen: true, Incidents.Count: 0 } };

    static Markup Of(Words words, StageOutcome? outcome)
    {
        if (outcome is null)
            return Markup.Of($"<span class=\"meta\">{words.Say("replay.not_judged")}</span>");
        var html = new HtmlWriter(words);
        var colour = outcome.Exit switch
        {
            GateExit.Open => Verdict.Pass,
            GateExit.BadData => Verdict.Fail,
            _ => Verdict.Unknown,
        };
        html.Write(
            $"<span class=\"badge {Signs.ClassOf(colour)}\">{Signs.Of(colour)} "
                + $"{words.Say(outcome.IsOpen ? "replay.open" : "replay.closed", ("exit", (int)outcome.Exit))}</span>");
        foreach (var incident in outcome.Incidents.Take(MostTitles))
            html.Write($"<br>{words.TitleOf(incident)}");
        if (outcome.Incidents.Count > MostTitles)
            html.Write($"<br><small>{words.Say("replay.more", ("count", outcome.Incidents.Count - MostTitles))}</small>");
        return Markup.From(html);
    }
}
