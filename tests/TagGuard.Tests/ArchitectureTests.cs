using System.Reflection;
using TagGuard.Adapters;
using TagGuard.Adapters.Yaml;
using TagGuard.Application;
using TagGuard.Deliveries;
using TagGuard.Judgements;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Storage;
using TagGuard.Tests.Support;

namespace TagGuard.Tests;

/// <summary>What the listing promises: who may know whom, and that nothing new is forgotten in its list.</summary>
public sealed class ArchitectureTests
{
    static readonly Assembly Core = typeof(CheckRun).Assembly;

    [Fact]
    public void CoreKnowsNothingButTheBaseLibrary()
    {
        var known = Core.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        Assert.NotEmpty(known);
        Assert.All(known, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void RenderingAndAdaptersDoNotKnowEachOther()
    {
        var adapters = typeof(Connections).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name).ToList();
        var rendering = typeof(TagGuard.Rendering.DutyReport).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name).ToList();

        Assert.Contains("TagGuard.Core", adapters);
        Assert.Contains("TagGuard.Core", rendering);
        Assert.DoesNotContain("TagGuard.Rendering", adapters);
        Assert.DoesNotContain("TagGuard.Adapters", rendering);
    }

    [Fact]
    public void TheApplicationKnowsNoConsole()
    {
        var known = typeof(PlanSession).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name!).ToList();

        Assert.Contains("TagGuard.Core", known);
        Assert.DoesNotContain(
            known,
            name => name is "System.Console" or "System.CommandLine" || name.StartsWith("Spectre", StringComparison.Ordinal));
    }

    [Fact]
    public void EveryDeliveryHasItsLineInStageRun()
    {
        var lines = File.ReadAllText(Repository.Path("src/TagGuard.Application/StageRun.cs"));
        Assembly[] all = [Core, typeof(Connections).Assembly, typeof(PlanSession).Assembly];
        var made = all.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsInterface && type.IsAssignableTo(typeof(IDelivery)))
            .ToList();

        Assert.NotEmpty(made);
        Assert.All(made, type => Assert.Contains($"new {type.Name}(", lines, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryMeasurementHasItsLineInMeasures() => EachIsListed<IMeasure>(Core, Measures.All.Values);

    [Fact]
    public void EveryRuleIsListedOrMadeByAMeasurement()
    {
        var measurements = string.Concat(Directory.GetFiles(Repository.Path("src/TagGuard.Core/Measurements"), "*.cs").Select(File.ReadAllText));
        var made = Core.GetTypes()
            .Where(type =>
                !type.IsInterface && type.IsAssignableTo(typeof(IRule)) && measurements.Contains($"new {type.Name}", StringComparison.Ordinal));

        EachIsListed<IRule>(Core, RuleKinds.All.Values.Union(made));
    }

    [Fact]
    public void EveryTypeOfConnectionHasItsLineInConnections() =>
        // One stands for those that a gate does not open, and has no type in a plan.
        EachIsListed<ConnectionPlan>(typeof(Connections).Assembly, Connections.All.Values.Append(typeof(UnreadConnection)));

    [Fact]
    public void ARulesKindIsItsKeyInThePlan()
    {
        Assert.NotEmpty(RuleKinds.All);
        Assert.All(RuleKinds.All, rule => Assert.Equal(rule.Key, ((IRule)Activator.CreateInstance(rule.Value)!).Kind));
    }

    [Fact]
    public void AConnectionHoldsTablesWhenItOpensAStore() =>
        Assert.All(
            Connections.All.Values,
            type => Assert.Equal(type.IsAssignableTo(typeof(IStorePlan)), ((ConnectionPlan)Activator.CreateInstance(type)!).HoldsTables));

    static void EachIsListed<T>(Assembly assembly, IEnumerable<Type> listed)
    {
        var made = assembly.GetTypes().Where(type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(T))).ToList();
        Assert.NotEmpty(made);
        Assert.Equal(made.Select(type => type.Name).Order(), listed.Select(type => type.Name).Order());
    }
}
