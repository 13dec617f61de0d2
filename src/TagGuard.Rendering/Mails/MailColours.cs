using TagGuard.Facts;

namespace TagGuard.Rendering.Mails;

/// <summary>Colours of the mail: those of the page. A class stands beside each, by which a program in its dark mode finds the other colour.</summary>
static class MailColours
{
    public const string Page = "#f5f6f8";
    public const string Card = "#ffffff";
    public const string Text = "#1b1f24";
    public const string Soft = "#57606a";
    public const string Edge = "#d5d9df";
    public const string Shade = "#eef0f3";

    public static string Of(Verdict? tone) => tone switch
    {
        null => Text,
        Verdict.Pass => "#1a7036",
        Verdict.Warn => "#855400",
        Verdict.Unknown => "#5b4ab8",
        _ => "#b42318",
    };

    public static string ClassOf(Verdict? tone) => tone is { } known ? $"tg-{Signs.ClassOf(known)}" : "tg-text";
}
