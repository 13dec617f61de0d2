using TagGuard.Adapters.Hive;
using TagGuard.Adapters.Hive.Wire;

namespace TagGuard.RealServerTests.Hive;

/// <summary>Statements that a source would refuse: what makes tables.</summary>
static class HiveStatements
{
    public static async Task RunAsync(HiveConnectionPlan plan, params string[] statements)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var client = (await new HiveLine(plan, "/", TimeProvider.System).OpenAsync(late.Token)).Client;
        var session = await client.OpenSessionAsync(
            plan.User, "x", new Dictionary<string, string> { ["use:database"] = plan.Database }, late.Token);
        foreach (var statement in statements)
        {
            var operation = await client.ExecuteAsync(session, statement, TimeSpan.FromMinutes(5), late.Token);
            HiveState state;
            while (!(state = await client.StateAsync(operation, late.Token)).IsOver)
                await Task.Delay(20, late.Token);
            if (!state.IsFinished)
                throw new InvalidOperationException($"{statement}\n{state.Message}");
            await client.CloseOperationAsync(operation, late.Token);
        }
        await client.CloseSessionAsync(session, late.Token);
    }
}
