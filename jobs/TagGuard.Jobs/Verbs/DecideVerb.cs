using System.CommandLine;
using TagGuard.Application;
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
        var about = new Argument<string>("about") { Description = "A tag or crowd, or the name of a check for all of it." };
        var check = new Option<string?>("--check") { Description = "The check, when several have such a tag." };
        var by = new Option<string>("--by") { Description = "Who decides.", Required = true };
        var why = new Option<string?>("--why") { Description = "Why. It stays stored." };
        var withdraw = new Option<bool>("--withdraw") { Description = "Take decisions on this day back." };
        var command = new Command(verb, help) { about, date, check, by, why, withdraw };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var day = session.DateOr(parsed.GetValue(date)?.Date);
            var (ofCheck, key) = await FindAsync(session, day, parsed.GetValue(about)!, parsed.GetValue(check), cancellationToken);
            var (who, reason, now) = (parsed.GetValue(by)!, parsed.GetValue(why), clock.GetUtcNow());
            var name = Spoken.Say("console.day_of", ("what", $"{ofCheck}{(key.Length > 0 ? $": {key}" : "")}"), ("date", day));
            if (parsed.GetValue(withdraw))
            {
                var withdrawn = await session.Store.WithdrawAsync(session.Plan.Name, day, ofCheck, key, who, now, cancellationToken);
                Spoken.Line(withdrawn > 0 ? "console.withdrawn" : "console.nothing_decided", ("day", name));
            }
            else
            {
                if (string.IsNullOrWhiteSpace(reason))
                    throw new UsageException($"Say why: {verb} \"{parsed.GetValue(about)}\" --date {day:yyyy-MM-dd} --by \"{who}\" --why \"campaign "
                        + "of marketing\".");
                await session.Store.DecideAsync(session.Plan.Name, new DayDecision(day, ofCheck, key, accepts, who, reason, now), cancellationToken);
                Spoken.Line(accepts ? "console.accepted" : "console.rejected", ("day", name), ("who", who), ("date", day));
            }
            return (int)ResultLine.Write(verb, ExitCode.Open, line =>
            {
                line["date"] = day.ToString("yyyy-MM-dd");
                line["check"] = ofCheck;
                line["key"] = key;
                line["withdrawn"] = parsed.GetValue(withdraw);
            });
        });
        return command;
    }

    /// <summary>The check and key that are meant, among what was judged that day.</summary>
    static async Task<(string Check, string Key)> FindAsync(
        PlanSession session, DateOnly day, string about, string? check, CancellationToken cancellationToken)
    {
        var judged = (await session.Store.JudgementsAsync(session.Plan.Name, day, about, cancellationToken))
            .Select(verdict => verdict.Judgement.Series)
            .Where(series => check is null || series.Check == check)
            .Select(series => (series.Check, Key: series.Check == about ? "" : series.Key))
            .Distinct().ToList();
        return judged.Count switch
        {
            1 => judged[0],
            0 => throw new UsageException($"Nothing was judged about \"{about}\"{(check is null ? "" : $" in \"{check}\"")} on {day:yyyy-MM-dd}. "
                + "Give a tag id or the name of a check as they stand in the report."),
            _ => throw new UsageException($"\"{about}\" is in several checks: add --check with one of "
                + $"{string.Join(", ", judged.Select(one => $"\"{one.Check}\""))}."),
        };
    }
}
