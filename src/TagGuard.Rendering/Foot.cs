using System.Globalization;
using TagGuard.Reports;
using TagGuard.Storage;

namespace TagGuard.Rendering;

/// <summary>What made the page: program, plan, host, and the run of each stage.</summary>
static class Foot
{
    public static void Write(HtmlWriter html, ReportFacts facts, ReportOptions options)
    {
        var words = html.Words;
        var made = words.Say(
            "report.foot",
            ("version", options.Version),
            ("plan", facts.Day.Plan),
            ("file", options.PlanFile.Length > 0 ? options.PlanFile : Numbers.None),
            ("date", facts.Day.Date),
            ("zone", options.Zone.Id),
            ("host", options.Host.Length > 0 ? options.Host : Numbers.None));
        html.Write($"<footer>\n<p>{made}</p>\n");
        foreach (var stage in facts.Stages)
        {
            if (stage.Stored is { Run: { } run } stored)
                html.Write($"<p>{Html.WithCode(words, RunOf(words, stage.Name, run, stored.Attempt))}</p>\n");
        }
        if (options.Attribution.Length > 0)
            html.Write($"<p>{options.Attribution}</p>\n");
        html.Write($"</footer>\n");
    }

    // It names a row, so it has no thousands separator.
    static string RunOf(Words words, string stage, StoredRun run, int attempt) => words.Say(
        "report.foot_run",
        ("stage", stage),
        ("run", run.Id.ToString(CultureInfo.InvariantCulture)),
        ("attempt", attempt),
        ("verb", run.Verb),
        ("host", run.Host),
        ("user", run.User));
}
