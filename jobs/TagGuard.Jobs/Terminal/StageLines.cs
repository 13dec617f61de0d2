using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Jobs.Terminal;

/// <summary>A stage's outcome as lines: the gate first, then each incident with its cause, what closes it before what warns.</summary>
static class StageLines
{
    /// <summary>Incidents that are told, of those that close the gate and of those that warn.</summary>
    const int Closing = 8, Warning = 4;

    /// <summary>How a gate stands, and why.</summary>
    public static string Gate(bool isOpen, string stage, DateOnly date, string why) =>
        Spoken.Say(isOpen ? "console.stage_open" : "console.stage_closed", ("stage", stage), ("date", date), ("reason", why));

    public static IEnumerable<string> Of(DateOnly date, StageResult result)
    {
        yield return Gate(result.Gate.IsOpen, result.Stage, date, Spoken.Book.Say(result.Gate.Why));
        var told = result.Incidents.ToLookup(incident => incident.Blocking);
        foreach (var line in Told([.. told[true]], Closing, incident => Spoken.Book.Say(incident.What), "console.incidents_more"))
            yield return line;
        foreach (var line in Told(
            [.. told[false]], Warning, incident => Spoken.Say("console.warns", ("what", incident.What)), "console.warnings_more"))
            yield return line;
    }

    static IEnumerable<string> Told(IReadOnlyList<Incident> incidents, int most, Func<Incident, string> what, string more)
    {
        foreach (var incident in incidents.Take(most))
        {
            yield return $"  - {what(incident)}";
            yield return "    "
                + (
                    incident.Owner.Length > 0
                        ? Spoken.Say("console.tell", ("cause", incident.Why), ("owner", incident.Owner))
                        : Spoken.Book.Say(incident.Why));
        }
        if (incidents.Count > most)
            yield return $"  - {Spoken.Say(more, ("count", incidents.Count - most))}";
    }
}
