using Spectre.Console;
using TagGuard.Gates;
using TagGuard.Storage;

namespace TagGuard.Jobs.Demo;

/// <summary>How one day of the demo went.</summary>
sealed record DemoDay(DateOnly Date, string Planted, GateExit Exit, string Found, bool IsRight, string Report)
{
    public string Line => $"{(IsRight ? "ok   " : "WRONG")} {Date:ddd yyyy-MM-dd}  exit {(int)Exit}  planted: {Planted}";

    /// <summary>A good day must be open with no incident; a bad one must be closed as bad data, or open when its fault came slowly, with the
    /// fault found where it is.</summary>
    public static DemoDay Of(DateOnly date, DemoFault? fault, IReadOnlyList<StageResult> results, string report)
    {
        var exit = Gate.Worst(results.Select(result => result.Gate.Exit));
        var alarms = results
            .SelectMany(result => result.Incidents.Select(incident => (result.Stage, Incident: incident)))
            .Where(told => told.Incident.Blocking || fault is { IsSlow: true })
            .ToList();
        if (fault is null)
            return new DemoDay(
                date,
                "nothing, a good day",
                exit,
                alarms.Count == 0 ? "nothing" : alarms[0].Incident.Title,
                exit == GateExit.Open && alarms.Count == 0,
                report);
        var found = alarms
            .FirstOrDefault(alarm =>
                alarm.Stage == fault.Stage
                && alarm.Incident.Finding == fault.Finding
                && (alarm.Incident.Check == fault.About || alarm.Incident.Title.Contains(fault.About, StringComparison.Ordinal)))
            .Incident;
        var told = found ?? alarms.FirstOrDefault().Incident;
        var expected = fault.IsSlow ? GateExit.Open : GateExit.BadData;
        return new DemoDay(date, fault.Planted, exit, told?.Title ?? "nothing", found is not null && exit == expected, report);
    }
}
