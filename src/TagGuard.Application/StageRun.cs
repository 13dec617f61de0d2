using TagGuard.Adapters;
using TagGuard.Adapters.Csv;
using TagGuard.Adapters.Http;
using TagGuard.Deliveries;
using TagGuard.Runs;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>Runs stages of a plan that is open: what `run`, the verbs of single stages, `backfill` and the demo share.</summary>
public static class StageRun
{
    /// <param name="session">The plan.</param>
    /// <param name="request">What to run.</param>
    /// <param name="watchers">Told what is going on.</param>
    /// <param name="cancellationToken">Interrupts; what was finished is stored.</param>
    /// <exception cref="RunHeldException">Another run holds the date.</exception>
    /// <exception cref="StoreException">The store cannot be read or written.</exception>
    public static async Task<RunOutcome> ExecuteAsync(PlanSession session, RunRequest request, Watchers watchers, CancellationToken cancellationToken)
    {
        var report = new ReportDelivery(session, request.Report ?? ReportFile.DefaultFor(session, request.Date), request.Log)
        {
            OnlyRenews = request.Report is null,
        };
        var mail = new MessageDelivery(session);
        watchers.RunStarting(session.Plan, await session.GatesAsync(request.Date, cancellationToken));
        var run = new CheckRun(session.Store, session.Sources, session.Clock, watchers)
        {
            Retry = new TransientRetry(session.Clock),
            Deliveries = DeliveriesOf(session, report, mail),
        };
        var holder = new Holder(Environment.MachineName, Environment.ProcessId, Environment.UserName);
        var start = new RunStart(session.Plan.Name, session.Plan.Hash, request.Verb, request.Date, request.Stages, holder, session.Clock.GetUtcNow())
        {
            Judging = session.Plan.Judging,
            Reports = request.IsMailed ? OutboxPost.Orders(session.Plan, OutboxKind.Report, request.Date) : [],
        };
        var result = await run.ExecuteAsync(session.Plan, start, request.Patience, cancellationToken);
        var gates = await session.GatesAsync(request.Date, cancellationToken);
        var ofRun = gates.Only([.. result.Stages.Select(stage => stage.Stage)]);
        return new RunOutcome(result.Stages, ofRun, result.Undelivered)
        {
            Report = report.Written,
            Mailed = [.. mail.Results.Where(one => one.IsDelivered).Select(one => one.Row.To)],
        };
    }

    /// <summary>What is made after the save. To add one: a file that implements <see cref="IDelivery"/>, and its line here.</summary>
    static IReadOnlyList<IDelivery> DeliveriesOf(PlanSession session, ReportDelivery report, MessageDelivery mail) =>
    [
        new DifferenceFiles(session.Folder),
        report,
        mail,
        .. session.Plan.Notify.Heartbeat is { } url ? [new Heartbeat(url, session.Clock)] : Array.Empty<IDelivery>(),
    ];
}
