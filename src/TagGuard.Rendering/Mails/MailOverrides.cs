using TagGuard.Facts;
using TagGuard.Gates;

namespace TagGuard.Rendering.Mails;

/// <summary>What people decided: it stays visible until it has run out.</summary>
static class MailOverrides
{
    public static IEnumerable<MailBlock> Of(MailScene scene) => MailScene.Titled(
        scene.Words.Say("mail.overrides"),
        [.. from stage in scene.Facts.Stages
            let given = stage.Override
            where given is not null
            select new MailLine(
                scene.Words.Say(
                    stage.Standing == GateStanding.OpenByOverride ? "mail.overridden_by" : "mail.override_expired",
                    ("stage", stage.Name), ("by", given.By), ("why", given.Why), ("until", scene.Words.Time(given.Until, scene.Report))),
                Verdict.Warn)]);
}
