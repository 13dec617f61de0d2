using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using TagGuard.Jobs.Options;
using TagGuard.Judgements;
using TagGuard.Measurements;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Jobs.Verbs;

/// <summary>`explain`: one tag's (or check's) verdicts of a date: rule, inputs, history; judged again from what is stored.</summary>
static class ExplainVerb
{
    public static Command Create(TimeProvider clock)
    {
        var (plan, date) = (CommonOptions.Plan(), CommonOptions.Date());
        var about = new Argument<string>("about") { Description = "A tag or crowd, or the name of a check." };
        var command = new Command("explain", "Why a tag or a check was judged as it was: rule, inputs and history, judged again.") { about, plan, date };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = Session.Open(parsed.GetValue(plan)!, clock);
            var day = session.DateOr(parsed.GetValue(date)?.Date);
            var asked = parsed.GetValue(about)!;
            var verdicts = await session.Store.JudgementsAsync(session.Plan.Name, day, asked, cancellationToken);
            if (verdicts.Count == 0)
                throw new UsageException($"Nothing was judged about \"{asked}\" on {day:yyyy-MM-dd}. Give a tag id or the name of a check as they stand in the report.");
            var stored = await session.Store.DayAsync(session.Plan.Name, day, 0, cancellationToken);
            var lines = new JsonArray();
            foreach (var verdict in verdicts)
            {
                Show(verdict);
                var again = await AgainAsync(session, day, verdict, stored, cancellationToken);
                Console.Error.WriteLine($"  judged again: {again}\n");
                lines.Add(new JsonObject
                {
                    ["id"] = verdict.Id,
                    ["series"] = verdict.Judgement.Series.ToString(),
                    ["rule"] = verdict.Judgement.Rule,
                    ["verdict"] = verdict.Judgement.Verdict.ToString(),
                    ["finding"] = verdict.Judgement.Finding.ToString(),
                    ["sentence"] = verdict.Judgement.Sentence,
                    ["again"] = again,
                });
            }
            return (int)ResultLine.Write("explain", ExitCode.Open, line => line["verdicts"] = lines);
        });
        return command;
    }

    static void Show(StoredJudgement verdict)
    {
        var judgement = verdict.Judgement;
        Console.Error.WriteLine($"{judgement.Verdict} ({judgement.Finding})  {judgement.Series}  verdict {verdict.Id} of run {verdict.RunId}, stage {verdict.Stage}");
        Console.Error.WriteLine($"  {judgement.Sentence}");
        Console.Error.WriteLine($"  rule {judgement.Rule}{(judgement.Blocking ? "" : ", does not block")}; value {Number(judgement.Value)}, expected {Number(judgement.Expected)}, allowed {Number(judgement.Low)} to {Number(judgement.High)}");
        if (judgement.Used.Count > 0)
            Console.Error.WriteLine($"  made of {string.Join(", ", judgement.Used.Select(day => string.Create(CultureInfo.InvariantCulture, $"{day.Date:MM-dd} {day.Value:0.##}")))}");
    }

    /// <summary>Judges again with the plan as it is now and the history as it is now, and says whether the same comes out.</summary>
    static async Task<string> AgainAsync(Session session, DateOnly date, StoredJudgement verdict, StoredDay stored, CancellationToken cancellationToken)
    {
        var judgement = verdict.Judgement;
        var check = session.Plan.Stages.Values.SelectMany(checks => checks).FirstOrDefault(check => check.Name == judgement.Series.Check);
        var rules = check?.Rules.Where(rule => rule.Kind == judgement.Rule).ToList();
        if (check is null || rules is not { Count: > 0 })
            return "the plan no longer has this check or rule";
        if (judgement.Value is null)
            return "there is no number to judge again";
        var history = await session.Store.HistoryAsync(session.Plan.Name, check.Name, date, Math.Max(check.HistoryDays, Vanished.Days), verdict.JudgedAt, cancellationToken);
        var today = stored.Series.Where(series => series.Id.Check == check.Name && series.Today is not null)
            .Select(Measurement (series) => new Measurement.Taken(series.Id, series.Today!.Value, series.ShareOfTotal, series.ShareOfActive)).ToList();
        var batch = new Batch(check.Name, new BusinessDay(date, session.Plan.Timezone), verdict.JudgedAt, today, history);
        var again = rules.SelectMany(rule => rule.Judge(batch)).FirstOrDefault(one => one.Series == judgement.Series);
        if (again is not null && (again.Verdict, again.Finding, again.Sentence) == (judgement.Verdict, judgement.Finding, judgement.Sentence))
            return "the same";
        var changed = verdict.PlanHash == session.Plan.Hash ? "days of its history were accepted, rejected or measured again since" : "the plan or a file of its calendar was changed since";
        return again is null ? $"no verdict now; {changed}" : $"{again.Verdict}: {again.Sentence} ({changed})";
    }

    static string Number(double? value) => value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "none";
}
