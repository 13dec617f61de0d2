using TagGuard.Facts;
using TagGuard.Reports;

namespace TagGuard.Rendering;

/// <summary>Command lines to copy, with plan and date: safe to paste whatever the names hold.</summary>
/// <param name="options">The plan.</param>
/// <param name="date">The business date.</param>
sealed class Commands(ReportOptions options, DateOnly date)
{
    /// <summary>Judges again what is stored, and shows it.</summary>
    public string Explain(string about) => $"tagguard explain{Common}{Argument(about)}";

    /// <summary>Measures and judges all of the date.</summary>
    public string Run => $"tagguard run{Common}";

    /// <summary>Measures and judges a stage again.</summary>
    public string Rerun(string stage) => $"tagguard run{Common} --stage {Quoted(stage)}";

    /// <summary>Takes the day as right.</summary>
    public string Accept(Incident incident)
    {
        var about = incident is { Members.Count: > 1, Family: { } family } ? $" --family {Quoted(family)}"
            : incident.Members.Count == 1 && incident.Lead.Key.Length > 0 ? Argument(incident.Lead.Key)
            : Argument(incident.Check);
        var check = about == Argument(incident.Check) ? "" : $" --check {Quoted(incident.Check)}";
        return $"tagguard accept{Common} --by \"$USER\" --why WHY{check}{about}";
    }

    /// <summary>Opens a stage's gate.</summary>
    public string Open(string stage) => $"tagguard gate --open{Common} --stage {Quoted(stage)} --by \"$USER\" --why WHY";

    /// <summary>All of them, for an incident.</summary>
    public void Write(HtmlWriter html, IncidentFacts facts)
    {
        var (words, incident) = (html.Words, facts.Incident);
        html.Write($"<details class=\"commands\"><summary>{words.Say("report.commands")}</summary><dl>");
        WriteLine("report.command_explain", Explain(incident.Lead.Key.Length > 0 ? incident.Lead.Key : incident.Check));
        WriteLine("report.command_rerun", Rerun(facts.Stage));
        if (incident.Verdict == Verdict.Fail && facts.Series?.Today is not null)
            WriteLine("report.command_accept", Accept(incident));
        if (facts.ClosesGate)
            WriteLine("report.command_open", Open(facts.Stage));
        html.Write($"</dl></details>\n");

        void WriteLine(string label, string command) => html.Write($"<dt>{words.Say(label)}</dt><dd><code>{command}</code></dd>");
    }

    string Common => $"{(options.PlanFile.Length > 0 ? $" --plan {Quoted(options.PlanFile)}" : "")} --date {Numbers.IsoDay(date)}";

    /// <summary>Last, for what begins with a dash would else be an option.</summary>
    static string Argument(string text) => text.StartsWith('-') ? $" -- {Quoted(text)}" : $" {Quoted(text)}";

    static string Quoted(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-' or '/')
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
