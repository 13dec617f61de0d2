using TagGuard.SourceContracts;

namespace TagGuard.RealServerTests.SparkConnect;

// Spark, asked over Spark Connect, keeps the contracts of what it can be asked.

[Collection(Spark.Collection)]
public sealed class SparkConnectCountTests : CountContract<SparkTables>;

[Collection(Spark.Collection)]
public sealed class SparkConnectTableTests : TableContract<SparkTables>;

public sealed class SparkConnectRowsTests : RowsContract<SparkTables>;

[Collection(Spark.Collection)]
public sealed class SparkConnectQuotingTests : QuotingContract<SparkViews>;

[Collection(Spark.Collection)]
public sealed class SparkConnectVolumeTests : VolumeContract<SparkTables>;

[Collection(Spark.Collection)]
public sealed class SparkConnectSourceFaultTests : FaultContract<SparkTables>;
