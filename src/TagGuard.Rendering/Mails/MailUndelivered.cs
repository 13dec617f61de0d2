using TagGuard.Facts;

namespace TagGuard.Rendering.Mails;

/// <summary>Mails that somebody should have got, and did not.</summary>
static class MailUndelivered
{
    const int MostLines = 10;

    public static IEnumerable<MailBlock> Of(MailScene scene) => MailScene.Titled(
        scene.Words.Say("mail.undelivered"),
        scene.AtMost(MostLines, [.. scene.Facts.Day.DeadLetters.Select(dead => new MailLine(
            scene.Words.OfDead(dead, scene.Report), Verdict.Warn))]));
}
