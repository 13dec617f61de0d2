using System.CommandLine;
using TagGuard.Jobs;
using TagGuard.Jobs.Verbs;

namespace TagGuard.Tests.Jobs;

/// <summary>What `--help` shows can be copied.</summary>
public sealed class ExampleTests
{
    public static TheoryData<string> Verbs => [.. Verb.All.Keys];

    public static TheoryData<string> Lines => [.. Examples.Of.SelectMany(verb => verb.Value)];

    [Theory, MemberData(nameof(Verbs))]
    public void EveryVerbsHelpEndsWithTwoExamplesOfIt(string verb)
    {
        using var text = new StringWriter();
        CommandLine.Root([verb], TimeProvider.System).Parse([verb, "--help"]).Invoke(new InvocationConfiguration { Output = text });

        var examples = text.ToString().Split("Examples:")[1].Trim().Split('\n');

        Assert.True(examples.Length >= 2, text.ToString());
        Assert.All(examples, example => Assert.StartsWith($"tagguard {verb}", example.Trim(), StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Lines))]
    public void EveryExampleIsTaken(string example)
    {
        var root = CommandLine.Root([], TimeProvider.System);
        var written = example["tagguard ".Length..].Split('#')[0].Split("||")[0];

        var parsed = root.Parse(written);

        Assert.Empty(CommandLine.Mistakes(parsed));
        Assert.NotSame(root, parsed.CommandResult.Command);
    }
}
