using System.CommandLine;
using TagGuard.Facts;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs.Verbs;

/// <summary>`accept` and `reject`: a person's word on a stored day, which later days are compared with or not.</summary>
static class DecideVerb
{
    public static Command Accept(TimeProvider clock) => Create(
        clock, "accept", accepts: true, "The day is right although it failed (a campaign, a new level): later days are compared with it.");

    public static Command Reject(TimeProvider clock) => Create(
        clock, "reject", accepts: false, "The day is wrong although it passed: later days are not compared with it.");

    static Command Create(TimeProvider clock, string verb, bool accepts, string help)
    {
        var (plan, date) = (new PlanOption(), CommonOptions.Date());
        var about = new Argument<string?>("about")
        {
            Description = "A tag or crowd, or the name of a check for all of it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var family = new Option<string?>("--family") { Description = "In place of a tag: every tag of this family that was measured that day." };
        var check = new Option<string?>("--check") { Description = "The check, when several have such a tag." };
        var by = new Option<string>("--by") { Description = "Who decides.", Required = true };
        var why = new Option<string?>("--why") { Description = "Why. It stays stored." };
        var withdraw = new Option<bool>("--withdraw") { Description = "Take decisions on this day back." };
        var command = new Command(verb, help) { about, family, date, check, by, why, withdraw };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var day = CommonOptions.DayOf(session, parsed.GetValue(date));
            var named = DecidedSeries.Named(parsed.GetValue(about), parsed.GetValue(family));
            var series = await DecidedSeries.FindAsync(session, day, named, parsed.GetValue(check), cancellationToken);
            var (who, reason, now) = (parsed.GetValue(by)!, parsed.GetValue(why), clock.GetUtcNow());
            var name = Spoken.Say("console.day_of", ("what", series.Told), ("date", day));
            if (parsed.GetValue(withdraw))
            {
                var withdrawn = 0;
                foreach (var key in series.Keys)
                    withdrawn += await session.Store.WithdrawAsync(session.Plan.Name, day, series.Check, key, who, now, cancellationToken);
                Spoken.Aside(withdrawn > 0 ? "console.withdrawn" : "console.nothing_decided", ("day", name));
            }
            else
            {
                if (string.IsNullOrWhiteSpace(reason))
                    throw new UsageException($"Say why: {verb} {named.Written} --date {day:yyyy-MM-dd} --by \"{who}\" --why \"campaign "
                        + "of marketing\".");
                foreach (var key in series.Keys)
                {
                    var decision = new DayDecision(day, series.Check, key, accepts, who, reason, now);
                    await session.Store.DecideAsync(session.Plan.Name, decision, cancellationToken);
                }
                Spoken.Aside(accepts ? "console.accepted" : "console.rejected", ("day", name), ("who", who), ("date", day));
            }
            return (int)ResultLine.Write(verb, ExitCode.Open, line =>
            {
                line["date"] = day.ToString("yyyy-MM-dd");
                line["check"] = series.Check;
                line["key"] = named.Family ?? series.Keys[0];
                line["decided"] = series.Keys.Count;
                line["withdrawn"] = parsed.GetValue(withdraw);
            });
        });
        return command;
    }
}
