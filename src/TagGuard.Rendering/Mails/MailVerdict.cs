using TagGuard.Facts;
using TagGuard.Reports;

namespace TagGuard.Rendering.Mails;

/// <summary>The verdict, and what the reader should do now.</summary>
static class MailVerdict
{
    public static IEnumerable<MailBlock> Of(MailScene scene)
    {
        var (facts, words) = (scene.Facts, scene.Words);
        var tone = facts.Stages.Count == 0 ? Verdict.Unknown : facts.Stages.Max(stage => Signs.ColourOf(stage.Standing));
        yield return new MailBlock.Banner(tone, Signs.Of(tone), $"{words.LongDay(facts.Day.Date)} · {facts.Day.Plan}", words.Say(facts.Headline));
        yield return new MailBlock.Call(words.Say("mail.now"), DoNow(scene));
    }

    static MailLine DoNow(MailScene scene)
    {
        var (facts, words) = (scene.Facts, scene.Words);
        if (scene.IsQuiet && facts.Incidents.Count == 0)
            return new MailLine(words.Say("mail.nothing", ("verdicts", facts.Counts.Total)));
        if (facts.IsOpen && !facts.IsOverridden)
            return new MailLine(words.Say("mail.nothing_closed"));
        if (facts.Reason is { } reason)
            return new MailLine(words.Say(reason));
        return facts.Incidents is [var first, ..] ? Advice(words, first) : new MailLine(words.Say("mail.nothing_closed"));
    }

    static MailLine Advice(Words words, IncidentFacts first)
    {
        var tell = first.Incident.Owner.Length > 0 ? words.Say("mail.tell", ("owner", first.Incident.Owner)) : "";
        var space = tell.Length > 0 && words.AdviceOf(first.Incident) is { Length: > 0 } advice && char.IsAscii(advice[^1]) ? " " : "";
        return new MailLine(words.AdviceOf(first.Incident) + space + tell) { HasLinks = first.Incident.DoFirst.IsText };
    }
}
