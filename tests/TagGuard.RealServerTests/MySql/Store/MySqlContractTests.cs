using TagGuard.StoreContracts;

namespace TagGuard.RealServerTests.MySql.Store;

// MySQL keeps every contract of a store.

public sealed class MySqlStoredDayTests : StoredDayContract<MariaDbTables>;

public sealed class MySqlTextTests : TextContract<MariaDbTables>;

public sealed class MySqlTagsTests : TagsContract<MariaDbTables>;

public sealed class MySqlHistoryTests : HistoryContract<MariaDbTables>;

public sealed class MySqlDecisionTests : DecisionContract<MariaDbTables>;

public sealed class MySqlGateTests : GateContract<MariaDbTables>;

public sealed class MySqlLeaseTests : LeaseContract<MariaDbTables>;

public sealed class MySqlOverrideTests : OverrideContract<MariaDbTables>;

public sealed class MySqlPassesTests : PassesContract<MariaDbTables>;

public sealed class MySqlPruneTests : PruneContract<MariaDbTables>;

public sealed class MySqlMovedCheckTests : MovedCheckContract<MariaDbTables>;

public sealed class MySqlOutboxTests : OutboxContract<MariaDbTables>;
