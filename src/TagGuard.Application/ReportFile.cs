using TagGuard.Rendering;
using TagGuard.Runs;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>The duty report of a date, made of what is stored.</summary>
public static class ReportFile
{
    /// <summary>Days of history in the charts.</summary>
    const int Days = 90;

    public static string DefaultFor(PlanSession session, DateOnly date) => new ReportFolder(session).FileOf(date);

    /// <summary>The report as HTML.</summary>
    /// <param name="session">The plan.</param>
    /// <param name="date">The business date.</param>
    /// <param name="file">Where it will stand: links start there.</param>
    /// <param name="log">The log of the run; may be null.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public static async Task<string> RenderAsync(
        PlanSession session, DateOnly date, string file, string? log, CancellationToken cancellationToken)
    {
        var day = await DayAsync(session, date, cancellationToken);
        return DutyReport.Render(day, await OptionsAsync(session, day, file, log, cancellationToken));
    }

    /// <summary>What a report, or a mail, is made of.</summary>
    internal static Task<StoredDay> DayAsync(PlanSession session, DateOnly date, CancellationToken cancellationToken) =>
        session.Store.DayAsync(session.Plan.Name, date, Days, cancellationToken);

    /// <param name="session">The plan.</param>
    /// <param name="day">What is stored.</param>
    /// <param name="file">Where the report will stand; null for one that stands alone and leads nowhere, as in a mail.</param>
    /// <param name="log">The log of the run; may be null.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    internal static async Task<ReportOptions> OptionsAsync(
        PlanSession session, StoredDay day, string? file, string? log, CancellationToken cancellationToken)
    {
        var (now, folder) = (session.Clock.GetUtcNow(), new ReportFolder(session));
        return new ReportOptions
        {
            MadeAt = now,
            Zone = session.Plan.Timezone,
            Language = session.Language,
            Gates = GateReading.Of(session.Plan, day.Date, day.Gates, now).Answers,
            PlanFile = session.Plan.File,
            Host = Environment.MachineName,
            Mornings = await folder.MorningsBeforeAsync(file, day.Date, cancellationToken),
            Links = file is null ? new ReportLinks() : folder.LinksOf(file, day.Date, log),
        };
    }

    /// <summary>The report as a file, which appears whole or not at all. One in the plan's folder of reports is linked with the others.</summary>
    public static async Task WriteAsync(
        PlanSession session, DateOnly date, string file, CancellationToken cancellationToken, string? log = null)
    {
        await WholeFile.WriteAsync(file, await RenderAsync(session, date, file, log, cancellationToken), cancellationToken);
        var folder = new ReportFolder(session);
        if (Path.GetFullPath(file) == folder.FileOf(date))
            await folder.AddAsync(date, cancellationToken);
    }
}
