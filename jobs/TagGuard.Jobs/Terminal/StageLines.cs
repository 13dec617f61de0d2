using TagGuard.Storage;

namespace TagGuard.Jobs.Terminal;

/// <summary>A stage's outcome as lines: the gate first, then each incident with what to do.</summary>
static class StageLines
{
    const int Incidents = 8;

    /// <summary>How a gate stands, and why.</summary>
    public static string Gate(bool isOpen, string stage, DateOnly date, string why) =>
        Spoken.Say(isOpen ? "console.stage_open" : "console.stage_closed", ("stage", stage), ("date", date), ("reason", why));

    public static IEnumerable<string> Of(DateOnly date, StageResult result)
    {
        yield return Gate(result.Gate.IsOpen, result.Stage, date, Spoken.Book.Say(result.Gate.Why));
        var told = result.Incidents.Where(incident => incident.Blocking).ToList();
        foreach (var incident in told.Take(Incidents))
        {
            yield return $"  - {Spoken.Book.Say(incident.What)}";
            yield return "    "
                + (
                    incident.Owner.Length > 0
                        ? Spoken.Say("console.tell", ("cause", incident.Why), ("owner", incident.Owner))
                        : Spoken.Book.Say(incident.Why));
        }
        if (told.Count > Incidents)
            yield return $"  - {Spoken.Say("console.incidents_more", ("count", told.Count - Incidents))}";
    }
}
