using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using TagGuard.Jobs.Verbs;

namespace TagGuard.Jobs;

/// <summary>`--help` of a verb, with command lines to copy at its end.</summary>
sealed class HelpWithExamples : SynchronousCommandLineAction
{
    readonly HelpAction _help = new();

    public override int Invoke(ParseResult parseResult)
    {
        var exit = _help.Invoke(parseResult);
        if (!Examples.Of.TryGetValue(parseResult.CommandResult.Command.Name, out var examples))
            return exit;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in examples)
            output.WriteLine($"  {example}");
        return exit;
    }
}
