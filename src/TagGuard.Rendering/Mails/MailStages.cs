using TagGuard.Reports;

namespace TagGuard.Rendering.Mails;

/// <summary>The stages in their order, with their gates and times.</summary>
static class MailStages
{
    public static IEnumerable<MailBlock> Of(MailScene scene)
    {
        var words = scene.Words;
        if (scene.Facts.Stages.Count == 0)
            yield break;
        yield return new MailBlock.Heading(words.Say("mail.stages"));
        yield return new MailBlock.Table(
            ["", words.Say("mail.gate"), words.Say("mail.time")],
            [.. scene.Facts.Stages.Select(stage => new MailRow(
            [
                new MailCell(stage.Name),
                new MailCell($"{Signs.Of(stage.Standing)} {words.StandingOf(stage)}", Signs.ColourOf(stage.Standing)),
                new MailCell(TimeOf(scene, stage)),
            ]))]);
    }

    static string TimeOf(MailScene scene, StageFacts stage) => stage.Stored is not { } run ? "" : scene.Words.Say(
        "mail.time_is",
        ("from", Words.Clock(run.Started, scene.Report)),
        ("to", Words.Clock(run.Finished, scene.Report)),
        ("took", scene.Words.Took(run.Finished - run.Started)));
}
