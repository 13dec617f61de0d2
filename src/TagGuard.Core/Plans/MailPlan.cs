using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using TagGuard.Keys;

namespace TagGuard.Plans;

/// <summary>The morning's mail: from whom, to whom, and where it leads.</summary>
public sealed record MailPlan : IPlanPart
{
    [Required, PlanStored, PlanKey("Who sends it.", Example = "TagGuard <tagguard@example.com>")]
    public string From { get; init; } = "";

    [Required, PlanStored, PlanKey("Who gets it.", Example = "[duty@example.com]")]
    public IReadOnlyList<string> To { get; init; } = [];

    [PlanStored, PlanKey(
        "Where reports can be opened in a browser: each date's mail leads to its own.",
        Example = "https://tagguard.example.com/reports/userprofile-{date:yyyy-MM-dd}.html")]
    public DatePattern? ReportUrl { get; init; }

    [PlanStored, PlanKey(
        "Where a person can run a date again, such as the scheduler's page: each incident leads there.",
        Example = "https://airflow.example.com/dags/userprofile/grid?base_date={date:yyyy-MM-dd}")]
    public DatePattern? RerunUrl { get; init; }

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (MistakeInAddress(From) is { } mistake)
            yield return ("from", mistake);
        foreach (var wrong in To.Select(MistakeInAddress).OfType<string>())
            yield return ("to", wrong);
        foreach (var (key, url) in new[] { ("report_url", ReportUrl), ("rerun_url", RerunUrl) })
        {
            if (url is not null && DatePattern.MistakeIn(url.Text) is null && !IsOfTheWeb(url.For(new DateOnly(2026, 3, 4))))
                yield return (key, $"\"{url}\" is no address of a page: begin it with https:// or http://.");
        }
    }

    static string? MistakeInAddress(string address) =>
        !PlainText.HasHidden(address) && MailAddress.TryCreate(address, out _)
            ? null
            : $"\"{PlainText.Shown(address)}\" is not a mail address: write name@host, or \"Name <name@host>\".";

    static bool IsOfTheWeb(string url) => Uri.TryCreate(url, UriKind.Absolute, out var known) && known.Scheme is ("https" or "http");
}
