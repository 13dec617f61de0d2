namespace TagGuard.Rendering.Mails;

/// <summary>Where the rest is.</summary>
static class MailFoot
{
    public static IEnumerable<MailBlock> Of(MailScene scene)
    {
        var words = scene.Words;
        var lines = new List<MailLine>();
        if (scene.Options.ReportUrl is { } url)
            lines.Add(new MailLine(words.Say("mail.report")) { Link = url });
        lines.Add(new MailLine(words.Say("mail.attached")));
        lines.Add(new MailLine($"{Headline.MadeOf(words, scene.Report)} · TagGuard {scene.Report.Version}"));
        yield return new MailBlock.Foot(lines);
    }
}
