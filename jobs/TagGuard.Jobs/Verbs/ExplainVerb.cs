using System.CommandLine;
using System.Text.Json.Nodes;
using TagGuard.Application;
using TagGuard.Facts;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;
using TagGuard.Phrases;
using TagGuard.Replays;
using TagGuard.Runs;
using TagGuard.Storage;

namespace TagGuard.Jobs.Verbs;

/// <summary>`explain`: one tag's (or check's) verdicts of a date: rule, inputs, history; judged again from what is stored.</summary>
static class ExplainVerb
{
    public static Command Create(TimeProvider clock)
    {
        var (plan, date) = (new PlanOption(), CommonOptions.Date());
        var about = new Argument<string>("about") { Description = "A tag or crowd, or the name of a check." };
        var command = new Command("explain", "Why a tag or a check was judged as it was: rule, inputs and history, judged again.") { about, date };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var day = session.DateOr(parsed.GetValue(date)?.Date);
            var asked = parsed.GetValue(about)!;
            var verdicts = await session.Store.JudgementsAsync(session.Plan.Name, day, asked, cancellationToken);
            if (verdicts.Count == 0)
                throw new UsageException($"Nothing was judged about \"{asked}\" on {day:yyyy-MM-dd}. Give a tag id or the name of a check as they "
                    + "stand in the report.");
            var stored = await session.Store.DayAsync(session.Plan.Name, day, 0, cancellationToken);
            var judged = new JudgedAgain(session.Plan, session.Store, stored);
            var lines = new JsonArray();
            var names = verdicts.Select(verdict => verdict.Judgement.Series.Check).ToHashSet();
            var measured = stored.Stages.SelectMany(stage => stage.Checks).Where(check => names.Contains(check.Name)).ToList();
            foreach (var check in measured)
                ExplainLines.Write(check);
            foreach (var verdict in verdicts)
            {
                var check = await judged.OfAsync(verdict, cancellationToken);
                var judgement = check?.Of(verdict.Judgement);
                var again = Again(session, verdict, check, judgement);
                ExplainLines.Write(verdict);
                if (check is not null && judgement?.Parts is { } parts)
                    ExplainLines.Write(parts, judgement, DaysOf(check, judgement.Series));
                ExplainLines.Write(again);
                lines.Add(new JsonObject
                {
                    ["id"] = verdict.Id,
                    ["series"] = verdict.Judgement.Series.ToString(),
                    ["rule"] = verdict.Judgement.Rule,
                    ["verdict"] = verdict.Judgement.Verdict.ToString(),
                    ["finding"] = verdict.Judgement.Finding.ToString(),
                    ["sentence"] = verdict.Judgement.Sentence,
                    ["again"] = again.ToString(),
                });
            }
            return (int)ResultLine.Write("explain", ExitCode.Open, line =>
            {
                line["checks"] = new JsonArray([.. measured.Select(JsonNode? (check) => new JsonObject
                {
                    ["check"] = check.Name, ["kind"] = check.Kind, ["took_ms"] = (long)check.Took.TotalMilliseconds, ["asked"] = check.Asked,
                })]);
                line["verdicts"] = lines;
            });
        });
        return command;
    }

    static List<Day> DaysOf(CheckAgain check, SeriesId series)
    {
        var since = check.History.Before.AddDays(-Judging.HistoryDays(check.Check));
        return [.. check.History.Measured(series).Where(day => day.Date >= since)];
    }

    /// <summary>Whether the same came out, and if not, what.</summary>
    static Phrase Again(PlanSession session, StoredJudgement verdict, CheckAgain? check, Judgement? again)
    {
        if (check is null)
            return new Phrase("explain.no_check");
        if (again is not null && CheckAgain.IsSame(again, verdict.Judgement))
            return new Phrase("explain.same");
        var why = new Phrase(verdict.PlanHash == session.Plan.Hash ? "explain.days_changed" : "explain.plan_changed");
        return again is null
            ? new Phrase("explain.no_verdict", ("why", why))
            : new Phrase("explain.other", ("verdict", again.Verdict.ToString().ToLowerInvariant()), ("sentence", again.Said), ("why", why));
    }
}
