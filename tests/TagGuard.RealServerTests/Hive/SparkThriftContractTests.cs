using TagGuard.SourceContracts;

namespace TagGuard.RealServerTests.Hive;

public sealed class SparkThriftCountTests : CountContract<SparkThriftTables>;

public sealed class SparkThriftTableTests : TableContract<SparkThriftTables>;

public sealed class SparkThriftRowsTests : RowsContract<SparkThriftTables>;

public sealed class SparkThriftVolumeTests : VolumeContract<SparkThriftTables>;

public sealed class SparkThriftKeyedTests : KeyedContract<SparkThriftTables>;

public sealed class SparkThriftFaultTests : FaultContract<SparkThriftTables>;
