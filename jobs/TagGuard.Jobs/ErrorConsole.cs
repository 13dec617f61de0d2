using Spectre.Console;

namespace TagGuard.Jobs;

/// <summary>The console on stderr: colours and live lines on a terminal, plain text elsewhere.</summary>
static class ErrorConsole
{
    const int WidthOfFiles = 200;

    public static IAnsiConsole Open()
    {
        var isTerminal = !Console.IsErrorRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!isTerminal)
            console.Profile.Width = WidthOfFiles;
        return console;
    }
}
