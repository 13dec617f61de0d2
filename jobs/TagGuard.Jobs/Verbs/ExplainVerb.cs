using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using TagGuard.Application;
using TagGuard.Facts;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;
using TagGuard.Replays;
using TagGuard.Runs;
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
            await using var session = PlanOption.Open(parsed.GetValue(plan)!, clock);
            var day = session.DateOr(parsed.GetValue(date)?.Date);
            var asked = parsed.GetValue(about)!;
            var verdicts = await session.Store.JudgementsAsync(session.Plan.Name, day, asked, cancellationToken);
            if (verdicts.Count == 0)
                throw new UsageException($"Nothing was judged about \"{asked}\" on {day:yyyy-MM-dd}. Give a tag id or the name of a check as they stand in the report.");
            var stored = await session.Store.DayAsync(session.Plan.Name, day, 0, cancellationToken);
            var judged = new JudgedAgain(session.Plan, session.Store, stored);
            var lines = new JsonArray();
            var names = verdicts.Select(verdict => verdict.Judgement.Series.Check).ToHashSet();
            var measured = stored.Stages.SelectMany(stage => stage.Checks).Where(check => names.Contains(check.Name)).ToList();
            foreach (var check in measured)
                Show(check);
            foreach (var verdict in verdicts)
            {
                var check = await judged.OfAsync(verdict, cancellationToken);
                var judgement = check?.Of(verdict.Judgement);
                Show(verdict);
                if (check is not null && judgement?.Parts is { } parts)
                    ShowParts(parts, judgement, DaysOf(check, judgement.Series));
                var again = Again(session, verdict, check, judgement);
                Console.Error.WriteLine($"  judged again: {again}");
                Console.Error.WriteLine();
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

    /// <summary>How a check was measured, and how long it took.</summary>
    static void Show(StoredCheck check)
    {
        Console.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{check.Name}: {check.Kind}, measured in {check.Took.TotalSeconds:0.###} s"));
        foreach (var line in check.Asked.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Console.Error.WriteLine($"  asked: {line}");
        Console.Error.WriteLine();
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

    /// <summary>How the expected value came about, and how far off the value is.</summary>
    static void ShowParts(Decomposition parts, Judgement judgement, IReadOnlyList<Day> days)
    {
        var season = parts.SeasonFactor == 1 ? "" : $", in which such a weekday is {Change(parts.SeasonFactor)}";
        Console.Error.WriteLine($"  its own past      {Number(parts.OwnPast)}{season}");
        if (parts.CommonFactor != 1)
            Console.Error.WriteLine($"  all tags together {Change(parts.CommonFactor)}, which makes {Number(judgement.Expected)}");
        if (parts is { Noise: double noise, Score: double score })
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  noise             {noise * 100:0.##}% a day; score {score:0.##}, told from {parts.TellScore:0.##}, fails from {parts.FailScore:0.##}"));
        Console.Error.WriteLine($"  not told from     {Number(parts.TellLow)} to {Number(parts.TellHigh)}");
        foreach (var same in days.GroupBy(day => day.State).OrderBy(same => same.Key))
            Console.Error.WriteLine($"  days {Words(same.Key),-12} {Dates([.. same])}");
    }

    static List<Day> DaysOf(CheckAgain check, SeriesId series)
    {
        var since = check.History.Before.AddDays(-Judging.HistoryDays(check.Check));
        return [.. check.History.Measured(series).Where(day => day.Date >= since)];
    }

    static string Words(DayState state) => state switch
    {
        DayState.Accepted => "used",
        DayState.Special => "of calendar",
        _ => state.ToString().ToLowerInvariant(),
    };

    static string Dates(IReadOnlyList<Day> days) => days.Count <= 6
        ? string.Join(", ", days.Select(day => $"{day.Date:yyyy-MM-dd} ({Number(day.Value)})"))
        : $"{days.Count}, {days[0].Date:yyyy-MM-dd} to {days[^1].Date:yyyy-MM-dd}";

    static string Change(double factor) => ((factor - 1) * 100).ToString("+0.#;-0.#;0", CultureInfo.InvariantCulture) + "%";

    /// <summary>Whether the same came out, and if not, what.</summary>
    static string Again(PlanSession session, StoredJudgement verdict, CheckAgain? check, Judgement? again)
    {
        if (check is null)
            return "the plan no longer has this check";
        if (again is not null && CheckAgain.IsSame(again, verdict.Judgement))
            return "the same, to the last bit";
        var changed = verdict.PlanHash == session.Plan.Hash ? "days of its history were accepted, rejected or measured again since" : "the plan or a file of its calendar was changed since";
        return again is null ? $"no verdict now; {changed}" : $"{again.Verdict}: {again.Sentence} ({changed})";
    }

    static string Number(double? value) => value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "none";
}
