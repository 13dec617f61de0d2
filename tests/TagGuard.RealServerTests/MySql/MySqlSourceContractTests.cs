using TagGuard.SourceContracts;

namespace TagGuard.RealServerTests.MySql;

// MySQL keeps the contracts of what it can be asked.

public sealed class MySqlCountTests : CountContract<MariaDbSourceTables>;

public sealed class MySqlTableTests : TableContract<MariaDbSourceTables>;

public sealed class MySqlRowsTests : RowsContract<MariaDbSourceTables>;

public sealed class MySqlQuotingTests : QuotingContract<MariaDbSourceTables>;

public sealed class MySqlKeyedTests : KeyedContract<MariaDbSourceTables>;

public sealed class MySqlSourceFaultTests : FaultContract<MariaDbSourceTables>;
