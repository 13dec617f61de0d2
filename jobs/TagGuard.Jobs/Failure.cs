namespace TagGuard.Jobs;

/// <summary>How an exception that reached the top is told.</summary>
static class Failure
{
    /// <summary>What the scheduler is told of it.</summary>
    public static ExitCode CodeOf(Exception fault) => fault switch
    {
        Keys.PlanException or UsageException => ExitCode.NotStarted,
        OperationCanceledException => ExitCode.Interrupted,
        Storage.RunHeldException => ExitCode.CouldNotTell,
        _ => ExitCode.Failed,
    };

    /// <summary>What people are told.</summary>
    public static string Told(Exception fault) =>
        fault switch
        {
            OperationCanceledException => "Interrupted. What was finished is stored; gates of unfinished stages stay closed.",
            Keys.PlanException plan =>
                $"{plan.Mistakes.Count} mistake{(plan.Mistakes.Count == 1 ? "" : "s")} in the plan, nothing was started:\n{plan.Message}",
            Storage.StoreException
            or Storage.RunHeldException
            or UsageException
            or Sources.SourceException
            or Deliveries.MailException
            or IOException
            or UnauthorizedAccessException => fault.Message,
            _ => $"TagGuard failed: {fault.GetType().Name}: {fault.Message} (--verbose shows where)",
        };

    /// <summary>The same, line by line.</summary>
    public static IEnumerable<string> Lines(Exception fault) => fault is Keys.PlanException plan
        ? [Told(fault).Split('\n')[0], .. plan.Mistakes.Select(mistake => mistake.ToString())]
        : [Told(fault)];
}
