using System.CommandLine;
using System.CommandLine.Invocation;
using TagGuard.Jobs;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Verbs;

var root = new RootCommand("""
    Guards the tags of a user-profile warehouse: is the upstream whole, are today's tags right, did everything arrive?

    Exit codes: 0 gate open, 1 closed: the data is bad, 2 closed: could not tell, 3 not started: usage or plan mistake,
    4 interrupted, 5 TagGuard itself failed, 75 not ready yet. The last line on stdout is one JSON object.
    """);
root.Options.Add(CommonOptions.Verbose);
foreach (var verb in Verb.For(args, TimeProvider.System))
    root.Subcommands.Add(verb);

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine($"`tagguard {(parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ")}--help` lists what there is.");
    return (int)ResultLine.Write(parsed.CommandResult.Command.Name, ExitCode.NotStarted, line => line["error"] = parsed.Errors[0].Message);
}
try
{
    return ProcessEnd.Of(ProcessEnd.OnSignalAsync(parsed.CommandResult.Command.Name, InvokeAsync).GetAwaiter().GetResult());
}
catch (Exception fault)
{
    Console.Error.WriteLine(Failure.Told(fault));
    if (parsed.GetValue(CommonOptions.Verbose))
        Console.Error.WriteLine(fault);
    return ProcessEnd.Of((int)ResultLine.Write(parsed.CommandResult.Command.Name, Failure.CodeOf(fault), line => line["error"] = Failure.Told(fault)));
}

Task<int> InvokeAsync(CancellationToken cancellationToken)
{
    // Signals are ours: the library would wait for a verb that blocks.
    var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
    return parsed.Action is SynchronousCommandLineAction ? Task.FromResult(parsed.Invoke(invocation)) : parsed.InvokeAsync(invocation, cancellationToken);
}
