using TagGuard.SourceContracts;

namespace TagGuard.Tests.DuckDb;

// DuckDB keeps every contract of a source, over a folder of Parquet files and over a file of its own.

public sealed class ParquetCountTests : CountContract<ParquetTables>;

public sealed class ParquetRowsTests : RowsContract<ParquetTables>;

public sealed class ParquetTableTests : TableContract<ParquetTables>;

public sealed class ParquetQuotingTests : QuotingContract<ParquetTables>;

public sealed class ParquetKeyedTests : KeyedContract<ParquetTables>;

public sealed class ParquetVolumeTests : VolumeContract<ParquetTables>;

public sealed class ParquetFaultTests : FaultContract<ParquetTables>;

public sealed class DuckDbFileCountTests : CountContract<DuckDbFileTables>;

public sealed class DuckDbFileRowsTests : RowsContract<DuckDbFileTables>;

public sealed class DuckDbFileTableTests : TableContract<DuckDbFileTables>;

public sealed class DuckDbFileQuotingTests : QuotingContract<DuckDbFileTables>;

public sealed class DuckDbFileKeyedTests : KeyedContract<DuckDbFileTables>;

public sealed class DuckDbFileVolumeTests : VolumeContract<DuckDbFileTables>;

public sealed class DuckDbFileFaultTests : FaultContract<DuckDbFileTables>;

// Of CSV files, what does not depend on types or on an empty text.

public sealed class CsvCountTests : CountContract<CsvTables>;

public sealed class CsvQuotingTests : QuotingContract<CsvTables>;

public sealed class CsvVolumeTests : VolumeContract<CsvTables>;

public sealed class CsvFaultTests : FaultContract<CsvTables>;
