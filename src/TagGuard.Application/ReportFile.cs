using TagGuard.Keys;
using TagGuard.Rendering;
using TagGuard.Runs;

namespace TagGuard.Application;

/// <summary>The duty report of a date, made of what is stored.</summary>
public static class ReportFile
{
    /// <summary>Days of history in the charts.</summary>
    const int Days = 90;

    public static string DefaultFor(PlanSession session, DateOnly date) =>
        Path.Combine(session.Folder, "reports", $"{InsideFolder.FileName(session.Plan.Name)}-{date:yyyy-MM-dd}.html");

    /// <summary>The report as HTML.</summary>
    public static async Task<string> RenderAsync(PlanSession session, DateOnly date, CancellationToken cancellationToken)
    {
        var day = await session.Store.DayAsync(session.Plan.Name, date, Days, cancellationToken);
        var now = session.Clock.GetUtcNow();
        return DutyReport.Render(day, new ReportOptions
        {
            MadeAt = now,
            Zone = session.Plan.Timezone,
            Language = session.Language,
            Gates = GateReading.Of(session.Plan, date, day.Gates, now).Answers,
        });
    }

    /// <summary>The report as a file, which appears whole or not at all.</summary>
    public static async Task WriteAsync(PlanSession session, DateOnly date, string file, CancellationToken cancellationToken) =>
        await WholeFile.WriteAsync(file, await RenderAsync(session, date, cancellationToken), cancellationToken);
}
