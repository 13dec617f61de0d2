using TagGuard.Adapters.Sources.Sql;
using TagGuard.Adapters.Sources.Sql.Volume;
using TagGuard.Adapters.SparkConnect;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>The real Spark of the cluster, and statements that a source would never send.</summary>
static class Spark
{
    public const int Port = 15002;

    /// <summary>Tests that break a server of the cluster keep those out that need it.</summary>
    public const string Collection = "engines";

    public static SparkConnectConnectionPlan Plan { get; } = new() { Host = "127.0.0.1", Port = Port };

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Skips the test where Spark cannot be had.</summary>
    public static async Task UpAsync() =>
        await (await TestContext.Current.GetFixture<Engines>() ?? throw new InvalidOperationException("Engines is a fixture of the assembly."))
            .UpAsync("hdfs", "spark");

    public static SparkLine Line(SparkConnectConnectionPlan? plan = null)
    {
        plan ??= Plan;
        return new SparkLine(plan.Server("/"), plan.Token, plan.Settings, plan.Tags, TimeProvider.System);
    }

    /// <summary>The plan's source.</summary>
    public static VolumeSqlSource<SparkConnectSession> Source(SparkConnectConnectionPlan? plan = null) =>
        (VolumeSqlSource<SparkConnectSession>)(plan ?? Plan).Open("source", "/", TimeProvider.System);

    /// <summary>Runs statements of any kind, one after the other.</summary>
    public static async Task RunAsync(params IEnumerable<string> statements)
    {
        await using var line = Line();
        await RunAsync(line, statements);
    }

    public static async Task RunAsync(SparkLine line, IEnumerable<string> statements)
    {
        foreach (var sql in statements)
        {
            await using var statement = new SparkStatement(line, line.Session, new BoundSql(sql), Token);
            while (await statement.NextAsync() is not null)
            {
            }
        }
    }

    /// <summary>All rows of a query.</summary>
    public static async Task<List<object?[]>> RowsAsync(string sql)
    {
        await using var line = Line();
        return await (await SparkConnectSession.OpenAsync(line, line.Session, Token)).RowsAsync(new BoundSql(sql)).ToListAsync(Token);
    }
}
