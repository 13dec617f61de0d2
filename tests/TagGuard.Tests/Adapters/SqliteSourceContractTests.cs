using TagGuard.SourceContracts;

namespace TagGuard.Tests.Adapters;

// SQLite keeps the contracts of what it can be asked.

public sealed class SqliteCountTests : CountContract<SqliteSourceTables>;

public sealed class SqliteRowsTests : RowsContract<SqliteSourceTables>;

public sealed class SqliteTableTests : TableContract<SqliteSourceTables>;

public sealed class SqliteQuotingTests : QuotingContract<SqliteSourceTables>;

public sealed class SqliteFaultTests : FaultContract<SqliteSourceTables>;
