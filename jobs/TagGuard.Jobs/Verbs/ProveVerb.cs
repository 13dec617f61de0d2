using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;
using TagGuard.Adapters.Csv;
using TagGuard.Application;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;
using TagGuard.Replays;

namespace TagGuard.Jobs.Verbs;

/// <summary>`prove`: per rule and tag the smallest drop and rise that would fail today, and how many false alarms to expect.</summary>
static class ProveVerb
{
    const int MostDays = 3_660;

    public static Command Create(TimeProvider clock)
    {
        var (plan, date) = (new PlanOption(), CommonOptions.Date());
        var days = new Option<int>("--days")
        {
            Description = "Days up to the date on which alarms are counted. Default 28.",
            DefaultValueFactory = _ => 28,
        };
        var historyOf = new Option<string?>("--history-of")
        {
            Description = "Name of the plan that the numbers are stored under. Default: the plan's own.",
        };
        var most = new Option<int>("--top")
        {
            Description = "Series to list of each rule, the least sensitive first. Default 20.",
            DefaultValueFactory = _ => 20,
        };
        var csv = new Option<FileInfo?>("--csv") { Description = "Write every series to this file." };
        var command = new Command(
            "prove",
            "Per rule and tag the smallest drop and rise that would fail, and false alarms per 1,000 tag-days, from stored history.")
        {
            date, days, historyOf, most, csv,
        };
        plan.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var session = plan.Open(parsed, clock);
            var day = CommonOptions.DayOf(session, parsed.GetValue(date));
            if (parsed.GetValue(days) is < 1 or > MostDays)
                throw new UsageException($"--days {parsed.GetValue(days)}: count alarms on 1 to {MostDays} days, such as 28.");
            var name = parsed.GetValue(historyOf) ?? session.Plan.Name;
            var proofs = await Watching.DatesAsync(
                Spoken.Say("console.judging_again"),
                progress => Proof.OfAsync(session.Plan, session.Store, name, day, parsed.GetValue(days), progress, cancellationToken));
            if (proofs.All(proof => proof.Series.Count == 0))
                throw new UsageException($"Nothing of \"{name}\" was judged against its past on {day:yyyy-MM-dd}. Look at --date and --history-of, "
                    + "or run `tagguard backfill`.");
            foreach (var proof in proofs)
                Show(proof, parsed.GetValue(days), parsed.GetValue(most));
            var families = new JsonObject();
            foreach (var check in session.Plan.StageList.SelectMany(stage => stage.Checks))
            {
                if (await FamilyLines.OfAsync(session, name, check, day, cancellationToken) is not { } found)
                    continue;
                families[check.Name] = FamilyLines.Json(found);
                ErrorConsole.Aside.WriteLine($"{check.Name}: {FamilyLines.Told(found)}");
            }
            if (parsed.GetValue(csv) is { } file)
                await WholeFile.WriteAsync(file.FullName, ReplayCsv.Of(proofs), cancellationToken);
            var rules = new JsonArray([.. proofs.Select(JsonNode? (proof) => Told(proof))]);
            return (int)ResultLine.Write("prove", ExitCode.Open, line =>
            {
                line["rules"] = rules;
                line["families"] = families;
            });
        });
        return command;
    }

    static JsonObject Told(RuleProof proof) => new()
    {
        ["check"] = proof.Check,
        ["rule"] = proof.Rule,
        ["series"] = proof.Series.Count,
        ["seen_drop"] = Middle(proof.Series.Select(series => series.Seen.Drop)),
        ["seen_rise"] = Middle(proof.Series.Select(series => series.Seen.Rise)),
        ["told_drop"] = Middle(proof.Series.Select(series => series.Alerts.Drop)),
        ["told_rise"] = Middle(proof.Series.Select(series => series.Alerts.Rise)),
        ["fails_drop"] = Middle(proof.Series.Select(series => series.Fails.Drop)),
        ["fails_rise"] = Middle(proof.Series.Select(series => series.Fails.Rise)),
        ["never_fails_by_drop"] = proof.Series.Count(series => series.Fails.Drop is null),
        ["series_days"] = proof.SeriesDays,
        ["alarms"] = proof.Alarms,
        ["false_alarms_per_1000"] = Math.Round(proof.AlarmsPerThousand, 3),
    };

    static void Show(RuleProof proof, int days, int most)
    {
        var console = ErrorConsole.Open();
        console.MarkupLine($"[bold]{ErrorConsole.Escaped($"{proof.Check}: {proof.Rule}")}[/]");
        console.WriteLine("  " + Spoken.Say(
            "console.proof_alarms",
            ("rate", proof.AlarmsPerThousand),
            ("alarms", proof.Alarms),
            ("series_days", proof.SeriesDays),
            ("days", days)));
        console.WriteLine("  " + Spoken.Say(
            "console.proof_half",
            ("series", proof.Series.Count),
            ("seen_drop", Half(series => series.Seen.Drop)),
            ("seen_rise", Half(series => series.Seen.Rise)),
            ("drop", Half(series => series.Alerts.Drop)),
            ("rise", Half(series => series.Alerts.Rise)),
            ("fail_drop", Half(series => series.Fails.Drop)),
            ("fail_rise", Half(series => series.Fails.Rise))));
        var rise = Spoken.Say("console.proof_rise");
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            Spoken.Say("console.proof_series"), Spoken.Say("console.proof_expected"),
            Spoken.Say("console.proof_told_drop"), rise, Spoken.Say("console.proof_fail_drop"), rise);
        foreach (var series in proof.Series.OrderBy(series => series.Fails.Drop ?? double.MinValue).ThenBy(series => series.Series).Take(most))
        {
            table.AddRow(
                ErrorConsole.Escaped(series.Series.Key.Length > 0 ? series.Series.Key : series.Series.Metric),
                series.Expected.ToString("N0", CultureInfo.InvariantCulture),
                Percent(series.Alerts.Drop), Percent(series.Alerts.Rise), Percent(series.Fails.Drop), Percent(series.Fails.Rise));
        }
        console.Write(table);

        string Half(Func<SeriesProof, double?> of) => Percent(Middle(proof.Series.Select(of)));
    }

    static double? Middle(IEnumerable<double?> percents)
    {
        var known = percents.OfType<double>().Order().ToList();
        return known.Count == 0 ? null : Math.Round(known[known.Count / 2], 1);
    }

    static string Percent(double? percent) => percent is double known
        ? known.ToString("+#,##0.#;-#,##0.#;0", CultureInfo.InvariantCulture) + "%"
        : Spoken.Say("console.never");
}
