namespace TagGuard.Sources;

/// <summary>A source that adds up what Parquet and ORC files say of themselves at their ends, without reading what is in them.</summary>
public interface IFooterSource : ISource
{
    /// <summary>Rows of all data files in a folder and in the partitions below it. A folder that is not there is
    /// <see cref="SourceException.IsAbsent"/>; one without files has 0 rows.</summary>
    /// <remarks>
    /// Names that begin with `_` or `.` are left out, as Hive and Spark do. Whatever would make the sum another number than a query's is an error:
    /// a file that is cut, empty, encrypted or of another format, one that changes meanwhile, files of transactions (Hive ACID, Iceberg, Delta,
    /// Hudi), which hold rows that are gone, and files where engines differ in whether they read them.
    /// </remarks>
    Task<Counted> CountFootersAsync(string path, CancellationToken cancellationToken);

    /// <summary>What <see cref="CountFootersAsync"/> looks at. Touches nothing.</summary>
    string FootersQuestion(string path);
}
