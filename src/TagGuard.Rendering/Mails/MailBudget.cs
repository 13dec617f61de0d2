using TagGuard.Facts;

namespace TagGuard.Rendering.Mails;

/// <summary>How many alarms were told against the false ones that the plan allows.</summary>
static class MailBudget
{
    public static IEnumerable<MailBlock> Of(MailScene scene)
    {
        var words = scene.Words;
        var budgets = scene.Facts.Day.Stages.SelectMany(stage => stage.Judgements).Select(stored => stored.Judgement)
            .Where(judgement => judgement.Series.Metric == Metrics.Alarms && judgement.Said["allowed"] is double)
            .ToList();
        if (budgets.Count == 0)
            return [];
        if (!scene.IsQuiet)
            return MailScene.Titled(words.Say("mail.budget"), [.. budgets.Select(judgement => new MailLine(words.Say(
                "mail.budget_of",
                ("check", judgement.Series.Check),
                ("alarms", judgement.Said["alarms"]),
                ("judged", judgement.Said["judged"]),
                ("allowed", judgement.Said["allowed"]))))]);
        double Sum(string name) => budgets.Sum(judgement => judgement.Said[name] as double? ?? 0);
        var all = words.Say("mail.budget_all", ("alarms", Sum("alarms")), ("judged", Sum("judged")), ("allowed", Sum("allowed")));
        return [new MailBlock.Lines([new MailLine(all)])];
    }
}
