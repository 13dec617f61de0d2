using TagGuard.Gates;
using TagGuard.Storage;

namespace TagGuard.StoreContracts;

/// <summary>What the contracts of all stores share: each test gets tables of its own, and a store over them.</summary>
/// <typeparam name="TTables">What the store keeps its tables in. A new kind of store derives one class from each contract.</typeparam>
public abstract class StoreContract<TTables> : IAsyncLifetime
    where TTables : IStoreTables, new()
{
    private protected TTables Tables { get; } = new();

    private protected HandClock Clock { get; } = new(Given.Night);

    private protected IRunStore Store { get; private set; } = null!;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Tables.MakeAsync();
        Store = Tables.Open(Clock);
        await Store.InitAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Tables.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected string Look(string sql) => Tables.Look(sql);

    private protected async Task<GateState> GateAsync(string stage = "tags") => (await Store.GatesAsync(Given.Plan, Given.Date, Token))[stage];

    private protected Task<IRunLease> BeginAsync(RunStart? start = null, IRunStore? store = null) =>
        (store ?? Store).BeginAsync(start ?? Given.Start(), TimeSpan.Zero, Token);
}
