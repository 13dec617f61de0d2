using System.Reflection;
using TagGuard.Adapters;
using TagGuard.Judgements;
using TagGuard.Measurements;
using TagGuard.Plans;

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
    public void EveryMeasurementHasItsLineInMeasures() => EachIsListed<IMeasure>(Core, Measures.All.Values);

    [Fact]
    public void EveryRuleHasItsLineInRules() => EachIsListed<IRule>(Core, Rules.All.Values.Concat(Rules.Implied.Values));

    [Fact]
    public void EveryTypeOfConnectionHasItsLineInConnections() => EachIsListed<ConnectionPlan>(typeof(Connections).Assembly, Connections.All.Values);

    [Fact]
    public void ARulesKindIsItsKeyInThePlan()
    {
        Assert.NotEmpty(Rules.All);
        Assert.All(Rules.All.Concat(Rules.Implied), rule => Assert.Equal(rule.Key, ((IRule)Activator.CreateInstance(rule.Value)!).Kind));
    }

    static void EachIsListed<T>(Assembly assembly, IEnumerable<Type> listed)
    {
        var made = assembly.GetTypes().Where(type => type is { IsAbstract: false, IsPublic: true } && type.IsAssignableTo(typeof(T))).ToList();
        Assert.NotEmpty(made);
        Assert.Equal(made.Select(type => type.Name).Order(), listed.Select(type => type.Name).Order());
    }
}
