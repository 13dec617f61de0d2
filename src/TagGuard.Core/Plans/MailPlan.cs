using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using TagGuard.Keys;

namespace TagGuard.Plans;

/// <summary>The morning's mail: from whom, to whom, and where it leads.</summary>
public sealed record MailPlan : IPlanPart
{
    static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    [PlanKey("The mail server. Without it the mail can be looked at (`report --preview`), and not sent.", Example = "smtp.example.com")]
    public string? Host { get; init; }

    [PlanKey("Its port. Default 587; 465 with `tls: implicit`, 25 with `tls: off`.")]
    public int? Port { get; init; }

    [PlanKey("How the line is encrypted: `starttls` (a server without it is refused), `implicit` (from the first byte), `off`. Default starttls.")]
    public MailTls Tls { get; init; } = MailTls.Starttls;

    [PlanKey("PEM file with the authorities to trust instead of the machine's.", Example = "/etc/ssl/our-ca.pem")]
    public string? Ca { get; init; }

    [PlanKey("Who logs in to the server. Default: nobody.")]
    public string? User { get; init; }

    [PlanKey("The user's password.", Example = "${env:SMTP_PASSWORD}")]
    public string? Password { get; init; }

    [PlanKey("How long the server may take to let us in, and then over each recipient. Default 1m.", Example = "1m")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    [Required, PlanStored, PlanKey("Who sends it.", Example = "TagGuard <tagguard@example.com>")]
    public string From { get; init; } = "";

    [Required, PlanStored, PlanKey("Who gets it.", Example = "[duty@example.com]")]
    public IReadOnlyList<string> To { get; init; } = [];

    [PlanStored, PlanKey("Who is told of a mail that could not be delivered. Default: the next report tells it.", Example = "admin@example.com")]
    public string? Admin { get; init; }

    [PlanStored, PlanKey(
        "Where reports can be opened in a browser: each date's mail leads to its own.",
        Example = "https://tagguard.example.com/reports/userprofile-{date:yyyy-MM-dd}.html")]
    public DatePattern? ReportUrl { get; init; }

    [PlanStored, PlanKey(
        "Where a person can run a date again, such as the scheduler's page: each incident leads there.",
        Example = "https://airflow.example.com/dags/userprofile/grid?base_date={date:yyyy-MM-dd}")]
    public DatePattern? RerunUrl { get; init; }

    /// <summary>The port in force.</summary>
    [PlanIgnore]
    public int PortOrDefault => Port ?? Tls switch
    {
        MailTls.Implicit => 465,
        MailTls.Off => 25,
        _ => 587,
    };

    /// <summary>Only the type's name: a record would print its password.</summary>
    public override string ToString() => nameof(MailPlan);

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Port is < 1 or > 65535)
            yield return ("port", "A port is a number from 1 to 65535, such as 587.");
        if ((User is null) != (Password is null))
            yield return (User is null ? "password" : "user", "`user` and `password` belong together: write both, or neither.");
        else if (Tls == MailTls.Off && User is not null)
            yield return ("tls", "Without TLS the password would be read by whoever listens: write `tls: starttls`, or take `user` out.");
        if (Tls == MailTls.Off && Ca is not null)
            yield return ("ca", "Without TLS there is no certificate to trust: take `ca` out, or `tls: off`.");
        if (Timeout <= TimeSpan.Zero || Timeout > LongestTimeout)
            yield return ("timeout", "A timeout is longer than 0s and at most 1d: write e.g. `timeout: 1m`.");
        if (MistakeInAddress(From) is { } mistake)
            yield return ("from", mistake);
        foreach (var wrong in To.Select(MistakeInAddress).OfType<string>())
            yield return ("to", wrong);
        if (Admin is not null && MistakeInAddress(Admin) is { } wrongAdmin)
            yield return ("admin", wrongAdmin);
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
