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
        var rule = new Option<string?>("--rule") { Description = "Only verdicts of this rule: detect, drift, change, …" };
        var all = new Option<bool>("--all") { Description = "Every verdict. Default: only the worst, of a check with many tags as well." };
        var command = new Command("explain", "Why a tag or a check was judged as it was: rule, inputs and history, judged again. On stdout.")
        {
            about, date, rule, all,
        };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var day = CommonOptions.DayOf(session, parsed.GetValue(date));
            var asked = parsed.GetValue(about)!;
            var found = (await session.Store.JudgementsAsync(session.Plan.Name, day, asked, cancellationToken))
                .Where(verdict => parsed.GetValue(rule) is not { } only || verdict.Judgement.Rule == only).ToList();
            var stored = await session.Store.DayAsync(session.Plan.Name, day, 0, cancellationToken);
            var passes = session.PassedOf(stored);
            var passed = passes.About(asked).Where(one => parsed.GetValue(rule) is not { } only || one.Stored.Passes.Rule == only).ToList();
            if (found.Count + passed.Count == 0)
                throw new UsageException($"Nothing was judged about \"{asked}\"{(parsed.GetValue(rule) is { } by ? $" by the rule {by}" : "")} on "
                    + $"{day:yyyy-MM-dd}. Give a tag id or the name of a check as they stand in the report.");
            var verdicts = new List<(StoredJudgement Verdict, CheckAgain? Check, Judgement? Judgement, Phrase Again)>();
            var judged = new JudgedAgain(session.Plan, session.Store, stored);
            // What passed is of interest where nothing else is.
            if (parsed.GetValue(all) || found.TrueForAll(verdict => verdict.Judgement.Verdict == Verdict.Pass))
            {
                foreach (var (of, series) in passed)
                {
                    var one = await passes.JudgeAsync(of, series, cancellationToken);
                    verdicts.Add((one.Verdict, one.Check, one.Verdict.Judgement, one.Again));
                }
            }
            foreach (var verdict in verdicts.Count > 0 || parsed.GetValue(all) ? found : [Worst(found, verdict => verdict)])
            {
                var check = await judged.OfAsync(verdict, cancellationToken);
                var judgement = check?.Of(verdict.Judgement);
                verdicts.Add((verdict, check, judgement, Again(session, verdict, check, judgement)));
            }
            if (!parsed.GetValue(all))
                verdicts = [Worst(verdicts, one => one.Verdict)];
            var lines = new JsonArray();
            var names = verdicts.Select(one => one.Verdict.Judgement.Series.Check).ToHashSet();
            var measured = stored.Stages.SelectMany(stage => stage.Checks).Where(check => names.Contains(check.Name)).ToList();
            foreach (var check in measured)
                ExplainLines.Write(check);
            foreach (var (verdict, check, judgement, again) in verdicts)
            {
                ExplainLines.Write(verdict, stored);
                if (check is not null && judgement?.Parts is { } parts)
                    ExplainLines.Write(parts, judgement, DaysOf(check, judgement.Series));
                ExplainLines.Write(again);
                lines.Add(new JsonObject
                {
                    ["id"] = verdict.Id > 0 ? verdict.Id : null,
                    ["series"] = verdict.Judgement.Series.ToString(),
                    ["rule"] = verdict.Judgement.Rule,
                    ["verdict"] = verdict.Judgement.Verdict.ToString(),
                    ["finding"] = verdict.Judgement.Finding.ToString(),
                    ["sentence"] = verdict.Judgement.Sentence,
                    ["again"] = again.ToString(),
                });
            }
            if (verdicts.Count < found.Count + passed.Count)
                ExplainLines.WriteMore(found.Count + passed.Count - verdicts.Count, about: asked, day);
            return (int)ResultLine.Write("explain", ExitCode.Open, line =>
            {
                line["date"] = day.ToString("yyyy-MM-dd");
                line["judged"] = found.Count + passed.Count;
                line["checks"] = new JsonArray([.. measured.Select(JsonNode? (check) => new JsonObject
                {
                    ["check"] = check.Name, ["kind"] = check.Kind, ["took_ms"] = (long)check.Took.TotalMilliseconds, ["asked"] = check.Asked,
                })]);
                line["verdicts"] = lines;
            });
        });
        return command;
    }

    /// <summary>The one that people ask about: what closes the gate, then the worst verdict, then the first of the series.</summary>
    static T Worst<T>(IEnumerable<T> verdicts, Func<T, StoredJudgement> of) => verdicts
        .OrderByDescending(one => of(one).Judgement.ClosesGate)
        .ThenByDescending(one => of(one).Judgement.Verdict)
        .ThenByDescending(one => of(one).Judgement.Used.Count > 0 || of(one).Judgement.Expected is not null)
        .ThenBy(one => of(one).Judgement.Series)
        .First();

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
