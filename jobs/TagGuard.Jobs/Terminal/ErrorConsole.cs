using System.Text;
using Spectre.Console;
using TagGuard.Keys;

namespace TagGuard.Jobs.Terminal;

/// <summary>The console on stderr: colours and live lines on a terminal, plain text
/// elsewhere. All that is shown goes by <see cref="Shown"/>.</summary>
static class ErrorConsole
{
    const int WidthOfFiles = 200;

    /// <summary>Characters of a line: what a server says may have no end.</summary>
    const int LongestLine = 4_000;

    static TextWriter Unguarded { get; set; } = TextWriter.Null;

    /// <summary>The secrets of the plan that was read.</summary>
    public static PlanSecrets Secrets { get; set; } = PlanSecrets.None;

    /// <summary>From now on, what is written to <see cref="Console.Error"/> is one line that shows what it is, for each call.</summary>
    public static void Guard()
    {
        Unguarded = Console.Error;
        Console.SetError(new GuardedWriter());
    }

    public static IAnsiConsole Open()
    {
        var isTerminal = !Console.IsErrorRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Unguarded),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!isTerminal)
            console.Profile.Width = WidthOfFiles;
        return console;
    }

    /// <summary>Text for people or machines: on one line, without secrets, with no character
    /// that is obeyed and not shown, and not without end.</summary>
    public static string Shown(string text) => PlainText.Shown(Secrets.Hide(text), LongestLine);

    /// <summary>The same within markup.</summary>
    public static string Escaped(string text) => Markup.Escape(Shown(text));

    sealed class GuardedWriter : TextWriter
    {
        public override Encoding Encoding => Unguarded.Encoding;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value) => Try(() => Unguarded.Write(Shown(value ?? "")));

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void WriteLine() => Try(Unguarded.WriteLine);

        public override void WriteLine(string? value) => Try(() => Unguarded.WriteLine(Shown(value ?? "")));

        public override void Flush() => Try(Unguarded.Flush);

        /// <summary>A log on a full disk takes no lines; what the scheduler is told does not depend on that.</summary>
        static void Try(Action write)
        {
            try
            {
                write();
            }
            catch (IOException)
            {
                // Nobody is left to be told.
            }
        }
    }
}
