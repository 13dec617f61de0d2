using TagGuard.StoreContracts;
using TagGuard.Tests.Adapters;

namespace TagGuard.Tests.Storage;

// SQLite keeps every contract of a store.

public sealed class SqliteStoredDayTests : StoredDayContract<SqliteTables>;

public sealed class SqliteTextTests : TextContract<SqliteTables>;

public sealed class SqliteHistoryTests : HistoryContract<SqliteTables>;

public sealed class SqliteTagsTests : TagsContract<SqliteTables>;

public sealed class SqliteDecisionTests : DecisionContract<SqliteTables>;

public sealed class SqliteGateTests : GateContract<SqliteTables>;

public sealed class SqliteLeaseTests : LeaseContract<SqliteTables>;

public sealed class SqliteOverrideTests : OverrideContract<SqliteTables>;

public sealed class SqlitePassesTests : PassesContract<SqliteTables>;

public sealed class SqlitePruneTests : PruneContract<SqliteTables>;

public sealed class SqliteMovedCheckTests : MovedCheckContract<SqliteTables>;

public sealed class SqliteOutboxTests : OutboxContract<SqliteTables>;
