using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using TagGuard.Adapters.Sources;
using TagGuard.Adapters.Sources.Sql;

namespace TagGuard.Adapters.Command;

/// <summary>Starts the client of a connection for one statement. There is no shell, and nothing but the statement is put into an argument.</summary>
sealed class ClientProcess(CommandConnectionPlan plan, string folder, TimeProvider clock)
{
    /// <summary>Where the statement goes, or the path of a file that holds it.</summary>
    public const string Sql = "{sql}", File = "{file}";

    /// <summary>Linux takes no longer argument (MAX_ARG_STRLEN), its NUL included.</summary>
    const int LongestArgument = 128 * 1024 - 1;

    const int MostPrinted = 64 << 20, MostErrors = 64 << 10;

    /// <summary>How long what a client leaves running may keep its output open.</summary>
    static readonly TimeSpan Closing = TimeSpan.FromSeconds(2);

    /// <summary>Runs one statement.</summary>
    /// <param name="statement">One line.</param>
    /// <param name="asked">The question, for messages.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What stands on stdout; the exit code was 0.</returns>
    /// <exception cref="SqlFault">It could not be started, failed, took too long or printed too much.</exception>
    public async Task<string> RunAsync(string statement, string asked, CancellationToken cancellationToken)
    {
        var file = plan.Command.Any(argument => argument.Contains(File, StringComparison.Ordinal)) ? Written(statement) : null;
        try
        {
            using var process = Start([.. plan.Command.Skip(1).Select(argument => Filled(argument, statement, file, asked))]);
            return await EndAsync(process, asked, cancellationToken);
        }
        finally
        {
            if (file is not null)
                Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    /// <summary>Runs the client with further arguments in place of a statement.</summary>
    /// <param name="arguments">What is put behind its own.</param>
    /// <param name="asked">The question, for messages.</param>
    /// <param name="line">Gets each line that it prints, on stdout or stderr.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SqlFault">It could not be started, failed, took too long or printed too much.</exception>
    public async Task RunAsync(IEnumerable<string> arguments, string asked, Action<string> line, CancellationToken cancellationToken)
    {
        using var process = Start([.. plan.Command.Skip(1), .. arguments]);
        await EndAsync(process, asked, cancellationToken, line);
    }

    async Task<string> EndAsync(Process process, string asked, CancellationToken cancellationToken, Action<string>? line = null)
    {
        using var late = new CancellationTokenSource(plan.Timeout, clock);
        using var tooMuch = new CancellationTokenSource();
        using var any = CancellationTokenSource.CreateLinkedTokenSource(late.Token, tooMuch.Token, cancellationToken);
        var printed = new Printed(MostPrinted, tooMuch.Cancel, told: line);
        var errors = new Printed(MostErrors, keepsEnd: true, told: one =>
        {
            SourceLog.Tell(plan.Command[0], one);
            line?.Invoke(one);
        });
        var reading = Task.WhenAll(printed.ReadAsync(process.StandardOutput.BaseStream), errors.ReadAsync(process.StandardError.BaseStream));
        try
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync(any.Token);
            // Who is left behind by the client may keep them open; what counts is whether the answer is whole.
            await Task.WhenAny(reading, Task.Delay(Closing, clock, any.Token));
            any.Token.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw tooMuch.IsCancellationRequested
                ? new SqlFault($"The client printed more than {MostPrinted >> 20} MB and was stopped: an answer is one line.") { Asked = asked }
                : new SqlFault($"The client ran for {plan.Timeout.TotalSeconds:0} s and was stopped: raise `timeout` of the connection."
                    + Said(errors))
                {
                    Asked = asked,
                };
        }
        finally
        {
            // A client that has ended may have left something running.
            await ProcessGroup.EndAsync(process, clock);
        }
        return process.ExitCode == 0 ? printed.Text : throw ClientFault.Of(process.ExitCode, errors.Text, printed.Text, asked);
    }

    static string Said(Printed errors) =>
        errors.Text.Trim().Split('\n')[^1].Trim() is { Length: > 0 } last ? $" It said last: {Line.Short(last)}" : "";

    /// <summary>In a process group of its own, by which all of it can be ended.</summary>
    Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Program.Find("setsid", folder), [Program.Find(plan.Command[0], folder), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in plan.Environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw new SqlFault($"{plan.Command[0]} cannot be started: {fault.Message}.", fault);
        }
    }

    static string Filled(string argument, string statement, string? file, string asked)
    {
        var filled = file is null
            ? argument.Replace(Sql, statement, StringComparison.Ordinal)
            : argument.Replace(File, file, StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetByteCount(filled);
        return bytes <= LongestArgument
            ? filled
            : throw new SqlFault(string.Create(
                CultureInfo.InvariantCulture,
                $"The statement has {bytes} bytes, and Linux takes arguments of up to {LongestArgument}: give it as a file "
                    + $"(beeline -f, \"{File}\")."))
            {
                Asked = asked,
            };
    }

    /// <summary>A file in a folder that its owner alone can open, for the time of the statement.</summary>
    static string Written(string statement)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("tagguard-").FullName, "statement.sql");
        System.IO.File.WriteAllText(path, statement + ";\n");
        return path;
    }
}
