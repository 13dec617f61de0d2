using TagGuard.Gates;
using TagGuard.Keys;
using TagGuard.Rendering;

namespace TagGuard.Jobs;

/// <summary>The duty report of a date as a file, made of what is stored.</summary>
static class ReportFile
{
    /// <summary>Days of history in the charts.</summary>
    const int Days = 90;

    public static string DefaultFor(Session session, DateOnly date) =>
        Path.Combine(session.Folder, "reports", $"{InsideFolder.FileName(session.Plan.Name)}-{date:yyyy-MM-dd}.html");

    public static async Task WriteAsync(Session session, DateOnly date, string file, CancellationToken cancellationToken)
    {
        var day = await session.Store.DayAsync(session.Plan.Name, date, Days, cancellationToken);
        var html = DutyReport.Render(day, new ReportOptions
        {
            MadeAt = session.Clock.GetUtcNow(),
            Zone = session.Plan.Timezone,
            Gates = Gatekeeper.Answers(GateTerms.Of(session.Plan), day.Gates, session.Clock.GetUtcNow()),
        });
        await WholeFile.WriteAsync(file, html, cancellationToken);
    }
}
