using System.CommandLine;
using System.CommandLine.Invocation;
using TagGuard.Adapters.Sources;
using TagGuard.Jobs;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Terminal;

ErrorConsole.Guard(TimeProvider.System);
FileRights.Limit();
var root = CommandLine.Root(args, TimeProvider.System);
var parsed = root.Parse(args);
var verb = parsed.CommandResult.Command.Name;
if (CommandLine.Mistakes(parsed) is { Count: > 0 } mistakes)
{
    // Asked for nothing: what there is. Not 0, for a scheduler whose verb is an empty variable would take it for an open gate.
    foreach (var line in args.Length == 0 ? CommandLine.Help(root) : mistakes)
        Console.Error.WriteLine(line);
    if (args.Length > 0)
        Console.Error.WriteLine($"`tagguard {(parsed.CommandResult.Command is RootCommand ? "" : verb + " ")}--help` lists what there is.");
    return (int)ResultLine.Write(verb, ExitCode.NotStarted, line => line["error"] = mistakes[0]);
}
if (parsed.GetValue(CommonOptions.Verbose))
    SourceLog.Told += (system, line) => Console.Error.WriteLine($"    {system}: {line}");
try
{
    ErrorConsole.Limit(parsed.GetValue(CommonOptions.Quiet), parsed.GetValue(CommonOptions.LogFile), TimeProvider.System);
    return ProcessEnd.Of(ProcessEnd.OnSignalAsync(verb, InvokeAsync).GetAwaiter().GetResult());
}
catch (Exception fault)
{
    foreach (var line in Failure.Lines(fault))
        Console.Error.WriteLine(line);
    // Indented: what a message holds cannot be taken for a line of ours.
    foreach (var line in parsed.GetValue(CommonOptions.Verbose) ? fault.ToString().Split('\n') : [])
        Console.Error.WriteLine($"    {line.TrimEnd('\r')}");
    return ProcessEnd.Of((int)ResultLine.Write(verb, Failure.CodeOf(fault), line => line["error"] = Failure.Told(fault)));
}

Task<int> InvokeAsync(CancellationToken cancellationToken)
{
    // Signals are ours: the library would wait for a verb that blocks.
    var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
    return parsed.Action is SynchronousCommandLineAction
        ? Task.FromResult(parsed.Invoke(invocation))
        : parsed.InvokeAsync(invocation, cancellationToken);
}
