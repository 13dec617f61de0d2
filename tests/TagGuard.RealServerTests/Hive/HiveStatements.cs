using TagGuard.Adapters.Hive;

namespace TagGuard.RealServerTests.Hive;

/// <summary>Statements that a source would refuse: what makes tables.</summary>
static class HiveStatements
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static Task RunAsync(HiveConnectionPlan plan, params string[] statements) => HiveScripts.RunAsync(
        plan with { ReadTimeout = Patience }, "cluster", "/", statements, TimeProvider.System, CancellationToken.None);
}
