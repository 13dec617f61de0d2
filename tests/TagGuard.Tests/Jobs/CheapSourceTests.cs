using TagGuard.Application.Trials;
using TagGuard.Sources;

namespace TagGuard.Tests.Jobs;

/// <summary>`doctor` asks through a source of its own, which must hide nothing of the plan's.</summary>
public sealed class CheapSourceTests
{
    [Fact]
    public void WhateverASourceCanBeAskedCanBeAskedCheaply()
    {
        var asked = typeof(ISource).Assembly.GetTypes()
            .Where(type => type.IsInterface && type != typeof(ISource) && type.IsAssignableTo(typeof(ISource)))
            .ToList();

        Assert.True(asked.Count >= 9, $"{asked.Count} interfaces were found.");
        Assert.All(asked, type => Assert.True(typeof(CheapSource).IsAssignableTo(type), $"CheapSource is no {type.Name}."));
    }
}
