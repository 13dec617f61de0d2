using TagGuard.Application;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs.Options;

/// <summary>Opens the plan that a command line names. From then on, the console shows none of its secrets.</summary>
static class PlanOption
{
    /// <summary>Reads the plan. Touches no system.</summary>
    /// <exception cref="Keys.PlanException">The plan has mistakes.</exception>
    public static PlanSession Open(FileInfo plan, TimeProvider clock) =>
        Hidden(PlanSession.Open(plan.FullName, clock, abandoned: () => ProcessEnd.IsAbrupt = true));

    /// <summary>Reads only what a gate needs of the plan.</summary>
    /// <exception cref="Keys.PlanException">What it needs has mistakes.</exception>
    public static PlanSession OpenHead(FileInfo plan, TimeProvider clock) => Hidden(PlanSession.OpenHead(plan.FullName, clock));

    static PlanSession Hidden(PlanSession session)
    {
        ErrorConsole.Secrets = session.Plan.Secrets;
        return session;
    }
}
