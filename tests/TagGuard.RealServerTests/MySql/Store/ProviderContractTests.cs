using TagGuard.Storage;
using TagGuard.StoreContracts;

namespace TagGuard.RealServerTests.MySql.Store;

// Whoever's provider it is, the store keeps every contract.

public sealed class ProviderStoredDayTests : StoredDayContract<ProviderTables>;

public sealed class ProviderTextTests : TextContract<ProviderTables>;

public sealed class ProviderHistoryTests : HistoryContract<ProviderTables>;

public sealed class ProviderDecisionTests : DecisionContract<ProviderTables>;

public sealed class ProviderGateTests : GateContract<ProviderTables>;

public sealed class ProviderLeaseTests : LeaseContract<ProviderTables>;

public sealed class ProviderOverrideTests : OverrideContract<ProviderTables>;

/// <summary>The same tables, reached over a provider that the program was not built against.</summary>
public sealed class ProviderTables : IStoreTables
{
    readonly MariaDbTables _tables = new();

    public ValueTask MakeAsync() => _tables.MakeAsync();

    public IRunStore Open(TimeProvider clock) => _tables.Database.Plan(OtherProviders.MySqlData).OpenStore("/", clock);

    public string Look(string sql) => _tables.Look(sql);

    public void Run(string sql) => Look(sql);

    public ValueTask DisposeAsync() => _tables.DisposeAsync();
}
