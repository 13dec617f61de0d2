using TagGuard.Facts;

namespace TagGuard.Rendering.Mails;

/// <summary>Styles in line, for programs that know no style sheet.</summary>
static class MailStyles
{
    public const string Font = "font-family:-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei',Arial,sans-serif;";
    public const string Wrap = "overflow-wrap:anywhere;word-break:break-word;";
    public const string Small = "font-size:13px;line-height:19px;color:" + MailColours.Soft + ";";
    public const string Said = "font-size:14px;line-height:20px;" + Wrap;
    public const string Cell = "padding:4px 8px 4px 0;font-size:14px;line-height:20px;vertical-align:top;border-top:1px solid "
        + MailColours.Edge + ";";

    /// <summary>A colour of text; null for that of all text.</summary>
    public static string Colour(Verdict? tone) => $"color:{MailColours.Of(tone)};";
}
