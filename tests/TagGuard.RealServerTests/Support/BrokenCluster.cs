namespace TagGuard.RealServerTests.Support;

/// <summary>Tests that stop a part of the real cluster: they run when no others do.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class BrokenCluster;
