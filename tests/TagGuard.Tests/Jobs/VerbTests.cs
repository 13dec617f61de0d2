using System.CommandLine;
using System.Reflection;
using TagGuard.Jobs.Verbs;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Jobs;

/// <summary>No verb is forgotten in the list of verbs.</summary>
public sealed class VerbTests
{
    /// <summary>Every function in the folder of verbs that makes a command, as it is written in the list: `GateVerb.Create`.</summary>
    public static TheoryData<string> Commands => [.. typeof(Verb).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Verb).Namespace)
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => method.ReturnType == typeof(Command))
        .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")];

    [Theory, MemberData(nameof(Commands))]
    public void EveryVerbHasItsLineInVerb(string command) =>
        Assert.Contains(command, File.ReadAllText(Repository.Path("jobs/TagGuard.Jobs/Verbs/Verb.cs")), StringComparison.Ordinal);

    [Fact]
    public void EveryFileOfAVerbMakesACommand()
    {
        var files = Directory.GetFiles(Repository.Path("jobs/TagGuard.Jobs/Verbs"), "*Verb.cs").Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(files.Except([nameof(Verb)]).Order(), Commands.Select(command => command.Data.Split('.')[0]).Distinct().Order());
    }

    [Fact]
    public void AVerbIsCalledWhatTheListCallsIt()
    {
        Assert.NotEmpty(Verb.All);
        Assert.All(Verb.All, verb => Assert.Equal(verb.Key, verb.Value(TimeProvider.System).Name));
    }
}
