using System.Globalization;
using TagGuard.Plans;

namespace TagGuard.Application;

/// <summary>The identities of mails, without angle brackets.</summary>
public static class MailIds
{
    /// <summary>A name for files and for the mail's identity: letters, digits and dashes.</summary>
    public static string NameOf(Plan plan, DateOnly date)
    {
        var name = string.Concat(plan.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')).Trim('-');
        return $"{(name.Length > 0 ? name : "plan")}-{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
    }

    /// <summary>One that no other mail has. It is drawn once and kept: a store that is made anew counts its runs from 1 again.</summary>
    public static string New(Plan plan, DateOnly date) => Of(plan, date, Guid.NewGuid().ToString("N"));

    internal static string Of(Plan plan, DateOnly date, string which) =>
        $"{NameOf(plan, date)}.{which}@{(plan.Notify.Mail is { } mail ? new System.Net.Mail.MailAddress(mail.From).Host : "tagguard")}";
}
