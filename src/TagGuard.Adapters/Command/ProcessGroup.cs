using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TagGuard.Adapters.Command;

/// <summary>A client with all that it started.</summary>
static partial class ProcessGroup
{
    const int Terminate = 15, Kill = 9;

    /// <summary>A client that is asked to end cancels what runs on the cluster; an operator's cancel must not wait for long.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Asks all of them to end, and kills those that do not.</summary>
    /// <param name="leader">The process whose id is that of its group.</param>
    /// <param name="clock">The clock.</param>
    public static async Task EndAsync(Process leader, TimeProvider clock)
    {
        Signal(leader.Id, Terminate);
        using (var late = new CancellationTokenSource(Patience, clock))
            await leader.WaitForExitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Those that left the group are found as its children.
        if (!leader.HasExited)
            leader.Kill(entireProcessTree: true);
        Signal(leader.Id, Kill);
    }

    /// <summary>A group that is gone already is no mistake.</summary>
    static void Signal(int group, int signal) => _ = kill(-group, signal);

    [LibraryImport("libc", EntryPoint = "kill")] private static partial int kill(int id, int signal);
}
