using System.Runtime.InteropServices;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs;

/// <summary>How the process ends: at the end of a verb, or soon after a signal, whatever still blocks.</summary>
static partial class ProcessEnd
{
    /// <summary>From a signal to the end at the latest: a scheduler that kills after some seconds must find nobody.</summary>
    static readonly TimeSpan AfterSignal = TimeSpan.FromSeconds(1.75);

    static readonly CancellationTokenSource Stop = new();

    /// <summary>Whether something was left behind that still runs or blocks: libraries are then
    /// not asked to clean up, which they could not do below it.</summary>
    public static bool IsAbrupt { get; set; }

    /// <summary>SIGTERM, SIGHUP (the terminal or the ssh session is gone) and Ctrl-C cancel the token; a verb that has not ended a little later is
    /// ended.</summary>
    /// <param name="verb">The verb, for the last line.</param>
    /// <param name="work">The verb's work.</param>
    public static async Task<int> OnSignalAsync(string verb, Func<CancellationToken, Task<int>> work)
    {
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Cancel);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        return await work(Stop.Token);

        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            // Threads of their own: those of the pool may all be blocked, and what is cancelled may block as well.
            new Thread(() => EndSoon(verb)) { IsBackground = true }.Start();
            new Thread(Stop.Cancel) { IsBackground = true }.Start();
        }
    }

    /// <summary>Ends the process now with this code if cleaning up would be in vain; else gives the code back.</summary>
    public static int Of(int exit)
    {
        if (IsAbrupt)
            End(exit);
        return exit;
    }

    static void EndSoon(string verb)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(AfterSignal);
        if (ResultLine.Written is { } exit)
            End((int)exit);
        var told = Failure.Told(new OperationCanceledException());
        Console.Error.WriteLine(told);
        End((int)ResultLine.Write(verb, ExitCode.Interrupted, line => line["error"] = told));
    }

    [LibraryImport("libc", EntryPoint = "_exit")] private static partial void End(int code);
}
