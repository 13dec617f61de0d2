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

    static TextWriter UnguardedAside { get; set; } = TextWriter.Null;

    /// <summary>What nobody needs who wants to hear of faults alone: with --quiet only the log has it.</summary>
    public static TextWriter Aside { get; private set; } = TextWriter.Null;

    /// <summary>Whether lines may change while they are shown.</summary>
    public static bool IsLive { get; private set; }

    /// <summary>The secrets of the plan that was read.</summary>
    public static PlanSecrets Secrets { get; set; } = PlanSecrets.None;

    /// <summary>From now on, what is written to <see cref="Console.Error"/> is one line that shows what it is, for each call; with its time
    /// where no person looks on.</summary>
    public static void Guard(TimeProvider clock)
    {
        Unguarded = UnguardedAside = Console.IsErrorRedirected ? new StampedWriter(Console.Error, clock) : Console.Error;
        IsLive = !Console.IsErrorRedirected;
        Aside = new GuardedWriter(() => UnguardedAside);
        Console.SetError(new GuardedWriter(() => Unguarded));
    }

    /// <summary>Keeps what is no fault from stderr, and writes everything to a file beside it.</summary>
    /// <param name="quiet">Whether stderr is only for faults.</param>
    /// <param name="log">The file that lines are added to; null for none.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Limit(bool quiet, FileInfo? log, TimeProvider clock)
    {
        if (!quiet && log is null)
            return;
        var file = log is null ? TextWriter.Null : new StampedWriter(Opened(log), clock);
        UnguardedAside = quiet ? file : new BothWriter(Unguarded, file);
        Unguarded = new BothWriter(Unguarded, file);
        IsLive = false;
    }

    public static IAnsiConsole Open()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(UnguardedAside),
            Ansi = IsLive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsLive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!IsLive)
            console.Profile.Width = WidthOfFiles;
        return console;
    }

    static StreamWriter Opened(FileInfo log)
    {
        try
        {
            // Not `log.Exists`: a pipe or a device would be waited for, or written to.
            if (log.Attributes is var kind && (int)kind != -1 && (kind & (FileAttributes.Device | FileAttributes.Directory)) != 0)
                throw new IOException("it is no file.");
            log.Directory!.Create();
            return new StreamWriter(new FileStream(log.FullName, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UsageException($"--log-file {log.FullName} cannot be written: {fault.Message} Name a file that this user may write, or "
                + "leave it out and redirect stderr.");
        }
    }

    /// <summary>Text for people or machines: on one line, without secrets, with no character
    /// that is obeyed and not shown, and not without end.</summary>
    public static string Shown(string text) => PlainText.Shown(Secrets.Hide(text), LongestLine);

    /// <summary>The same within markup.</summary>
    public static string Escaped(string text) => Markup.Escape(Shown(text));

    sealed class GuardedWriter(Func<TextWriter> unguarded) : TextWriter
    {
        public override Encoding Encoding => unguarded().Encoding;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value) => Try(() => unguarded().Write(Shown(value ?? "")));

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void WriteLine() => Try(() => unguarded().WriteLine());

        public override void WriteLine(string? value) => Try(() => unguarded().WriteLine(Shown(value ?? "")));

        public override void Flush() => Try(() => unguarded().Flush());

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
