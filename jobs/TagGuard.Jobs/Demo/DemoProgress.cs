using Spectre.Console;
using TagGuard.Jobs.Terminal;

namespace TagGuard.Jobs.Demo;

/// <summary>Told what the demo is doing.</summary>
interface IDemoProgress
{
    void Tell(string line);
}

/// <summary>The demo's progress: a spinner on a terminal, a line a step elsewhere.</summary>
static class DemoProgress
{
    public static async Task<T> DuringAsync<T>(Func<IDemoProgress, Task<T>> work)
    {
        if (!ErrorConsole.IsLive)
            return await work(new Lines());
        var console = ErrorConsole.Open();
        return await console.Status().StartAsync("Starting", context => work(new Spinning(context)));
    }

    sealed class Lines : IDemoProgress
    {
        public void Tell(string line) => ErrorConsole.Aside.WriteLine(line);
    }

    sealed class Spinning(StatusContext context) : IDemoProgress
    {
        public void Tell(string line) => context.Status(ErrorConsole.Escaped(line));
    }
}
