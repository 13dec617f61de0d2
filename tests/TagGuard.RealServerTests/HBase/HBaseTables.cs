using TagGuard.Adapters.HBase;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.HBase;

/// <summary>The real HBase, with its own client beside it, and a name for a table.</summary>
public abstract class HBaseTables(Engines engines) : IAsyncLifetime
{
    public const string Gateway = "http://127.0.0.1:18080";

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected string Table { get; } = $"t{Guid.NewGuid():N}";

    internal HBaseTool Tool { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        await engines.UpAsync("hbase", "rest");
        Tool = await HBaseTool.StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Tool.RunAsync("drop", Table);
        await Tool.DisposeAsync();
    }

    protected static HBaseRestConnectionPlan Plan(params string[] urls) => new()
    {
        Urls = urls is [] ? [Gateway] : urls,
        Timeout = TimeSpan.FromSeconds(10),
        RetryFor = TimeSpan.FromSeconds(30),
    };

    protected Task<Counted> CountAsync(RowScan scan, params string[] urls) =>
        CountAsync(Plan(urls), new TablePart(Table, null, null, null) { Scan = scan });

    protected Task<Counted> CountAsync(params string[] urls) => CountAsync(Plan(urls), new TablePart(Table, null, null, null));

    protected static async Task<Counted> CountAsync(HBaseRestConnectionPlan plan, TablePart part, IProgress<ScanProgress>? progress = null)
    {
        await using var source = (IScanSource)plan.Open("hbase", "/", TimeProvider.System);
        return await source.CountAsync(part, progress, Token);
    }

    protected async Task<SourceException> FaultAsync(RowScan? scan = null) =>
        await Assert.ThrowsAsync<SourceException>(() => CountAsync(scan!));
}
