using System.CommandLine;
using System.CommandLine.Invocation;
using TagGuard.Adapters.Sources;
using TagGuard.Jobs;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;
using TagGuard.Jobs.Verbs;

ErrorConsole.Guard();
FileRights.Limit();
var root = new RootCommand("""
    Guards the tags of a user-profile warehouse: is the upstream whole, are today's tags right, did everything arrive?

    Exit codes: 0 gate open, 1 closed: the data is bad, 2 closed: could not tell, 3 not started: usage or plan mistake,
    4 interrupted, 5 TagGuard itself failed, 75 not ready yet. The last line on stdout is one JSON object.
    """);
root.Options.Add(CommonOptions.Verbose);
foreach (var verb in Verb.For(args, TimeProvider.System))
    root.Subcommands.Add(verb);

var parsed = root.Parse(args);
if (parsed.Errors.Select(error => error.Message).Concat(PersonOptions.Mistakes(parsed)).ToList() is { Count: > 0 } mistakes)
{
    foreach (var mistake in mistakes)
        Console.Error.WriteLine(mistake);
    Console.Error.WriteLine(
        $"`tagguard {(parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ")}--help` lists what there is.");
    return (int)ResultLine.Write(parsed.CommandResult.Command.Name, ExitCode.NotStarted, line => line["error"] = mistakes[0]);
}
if (parsed.GetValue(CommonOptions.Verbose))
    SourceLog.Told += (system, line) => Console.Error.WriteLine($"    {system}: {line}");
try
{
    return ProcessEnd.Of(ProcessEnd.OnSignalAsync(parsed.CommandResult.Command.Name, InvokeAsync).GetAwaiter().GetResult());
}
catch (Exception fault)
{
    foreach (var line in Failure.Lines(fault))
        Console.Error.WriteLine(line);
    // Indented: what a message holds cannot be taken for a line of ours.
    foreach (var line in parsed.GetValue(CommonOptions.Verbose) ? fault.ToString().Split('\n') : [])
        Console.Error.WriteLine($"    {line.TrimEnd('\r')}");
    return ProcessEnd.Of(
        (int)ResultLine.Write(parsed.CommandResult.Command.Name, Failure.CodeOf(fault), line => line["error"] = Failure.Told(fault)));
}

Task<int> InvokeAsync(CancellationToken cancellationToken)
{
    // Signals are ours: the library would wait for a verb that blocks.
    var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
    return parsed.Action is SynchronousCommandLineAction
        ? Task.FromResult(parsed.Invoke(invocation))
        : parsed.InvokeAsync(invocation, cancellationToken);
}
