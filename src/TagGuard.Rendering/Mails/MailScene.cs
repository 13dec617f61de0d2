using TagGuard.Reports;

namespace TagGuard.Rendering.Mails;

/// <summary>What every part of a mail is made of.</summary>
sealed record MailScene(ReportFacts Facts, Words Words, ReportOptions Report, MailOptions Options)
{
    /// <summary>Whether nothing is worse than worth a look: such a mail is read at a glance, so each part is a line where it can be.</summary>
    public bool IsQuiet { get; } = Facts is { IsOpen: true, IsOverridden: false }
        && Facts.Incidents.All(incident => incident.Severity == Severity.Notice);

    /// <summary>A part with its title; nothing without lines.</summary>
    public static IEnumerable<MailBlock> Titled(string title, IReadOnlyList<MailLine> lines) =>
        lines.Count == 0 ? [] : [new MailBlock.Heading(title), new MailBlock.Lines(lines)];

    /// <summary>At most so many lines, and how many are left out.</summary>
    public IReadOnlyList<MailLine> AtMost(int most, IReadOnlyList<MailLine> lines) => lines.Count <= most
        ? lines
        : [.. lines.Take(most), new MailLine(Words.Say("report.not_listed", ("count", lines.Count - most)))];
}
