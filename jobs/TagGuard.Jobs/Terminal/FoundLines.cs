using System.Globalization;
using System.Text.Json.Nodes;
using TagGuard.Application;
using TagGuard.Application.Trials;
using TagGuard.Jobs.Verbs;
using TagGuard.Plans;
using TagGuard.Storage;

namespace TagGuard.Jobs.Terminal;

/// <summary>What `doctor` found of each check: its partitions, its history and the families of its tags.</summary>
/// <param name="session">The plan.</param>
/// <param name="wrong">Checks that cannot be asked.</param>
/// <param name="sick">Connections that do not answer.</param>
sealed class FoundLines(PlanSession session, IReadOnlyList<string> wrong, IReadOnlyList<string> sick)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Writes them for people, and returns them for the JSON line, by check.</summary>
    public async Task<JsonObject> WriteAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<CheckHistory>? histories = null;
        if (!sick.Contains("store"))
            await DoctorVerb.FaultOfAsync(
                session, Patience, async token => histories = await session.Store.HistoriesAsync(session.Plan.Name, token), cancellationToken);
        var found = new JsonObject();
        foreach (var check in session.Plan.StageList.SelectMany(stage => stage.Checks))
        {
            var of = new JsonObject();
            if (!wrong.Contains(check.Name) && !check.Measure.Needs.Any(need => sick.Contains(need.Connection)))
                await PartitionsAsync(check, of, cancellationToken);
            if (histories is not null)
                await HistoryAsync(check, histories.FirstOrDefault(history => history.Check == check.Name), of, cancellationToken);
            found[check.Name] = of;
        }
        return found;
    }

    async Task PartitionsAsync(CheckPlan check, JsonObject of, CancellationToken cancellationToken)
    {
        FoundPartitions? found = null;
        var due = session.DateOr(null);
        await DoctorVerb.FaultOfAsync(
            session, Patience, async token => found = await new CheckTrial(session).PartitionsAsync(check, due, token), cancellationToken);
        if (found is null)
            return;
        of["partitions"] = new JsonObject
        {
            ["days"] = found.Days,
            ["found"] = found.Found,
            ["newest"] = Iso(found.Newest),
            ["back_to"] = Iso(found.BackTo),
        };
        if (found.Newest is { } newest)
            Spoken.Aside(
                "console.check_partitions",
                ("check", check.Name), ("found", found.Found), ("days", found.Days), ("newest", newest), ("since", found.BackTo));
    }

    async Task HistoryAsync(CheckPlan check, CheckHistory? history, JsonObject of, CancellationToken cancellationToken)
    {
        of["history"] = new JsonObject
        {
            ["days"] = history?.Days ?? 0,
            ["from"] = Iso(history?.From),
            ["to"] = Iso(history?.To),
            ["accepted"] = history?.Accepted ?? 0,
        };
        if (history is null)
        {
            if (check.HistoryDays > 0)
                Spoken.Aside(
                    "console.check_without_history",
                    ("check", check.Name), ("date", session.DateOr(null).AddDays(-check.HistoryDays)));
            return;
        }
        Spoken.Aside(
            "console.check_history",
            ("check", check.Name), ("days", history.Days), ("from", history.From), ("to", history.To), ("accepted", history.Accepted));
        if (await FamilyLines.OfAsync(session, session.Plan.Name, check, history.To, cancellationToken) is not { } found)
            return;
        of["families"] = FamilyLines.Json(found);
        Spoken.Aside("console.check_families", ("check", check.Name), ("families", FamilyLines.Told(found)));
    }

    static string? Iso(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
