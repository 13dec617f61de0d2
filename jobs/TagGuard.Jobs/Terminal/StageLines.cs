using TagGuard.Storage;

namespace TagGuard.Jobs.Terminal;

/// <summary>A stage's outcome as lines: the gate first, then each incident with what to do.</summary>
static class StageLines
{
    const int Incidents = 8;

    public static IEnumerable<string> Of(DateOnly date, StageResult result)
    {
        yield return $"{(result.Gate.IsOpen ? "open  " : "CLOSED")} {result.Stage} {date:yyyy-MM-dd}: {result.Gate.Reason}";
        var told = result.Incidents.Where(incident => incident.Blocking).ToList();
        foreach (var incident in told.Take(Incidents))
        {
            yield return $"  - {incident.Title}";
            yield return $"    {incident.Cause}{(incident.Owner.Length > 0 ? $" Tell {incident.Owner}." : "")}";
        }
        if (told.Count > Incidents)
            yield return $"  - and {told.Count - Incidents} more: `tagguard report` shows them all.";
    }
}
