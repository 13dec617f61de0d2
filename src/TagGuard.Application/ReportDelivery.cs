using TagGuard.Deliveries;
using TagGuard.Storage;

namespace TagGuard.Application;

/// <summary>The duty report, written when the run has ended.</summary>
sealed class ReportDelivery(PlanSession session, string file, string? log) : IDelivery
{
    public string Name => "The report";

    /// <summary>Whether a report is written only in place of an earlier one, which is no longer true: none was asked for.</summary>
    public bool OnlyRenews { get; init; }

    /// <summary>The file; null until it is written.</summary>
    public string? Written { get; private set; }

    /// <summary>An earlier report of the date would look current for ever if this run broke off: from now on it says that a run has not
    /// ended.</summary>
    public async Task RunBegunAsync(DateOnly date, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
            return;
        try
        {
            await ReportFile.WriteAsync(session, date, file, cancellationToken, log);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            File.Delete(file);
            throw new IOException($"{file} was deleted, for it could not be made to say that a run has begun: {fault.Message}", fault);
        }
    }

    public async Task RunEndedAsync(DateOnly date, IReadOnlyList<StageResult> stages, CancellationToken cancellationToken)
    {
        if (OnlyRenews && !File.Exists(file))
            return;
        try
        {
            await ReportFile.WriteAsync(session, date, file, cancellationToken, log);
            Written = file;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{file} could not be written: {fault.Message} `tagguard report` writes it again from what is stored.", fault);
        }
    }
}
