namespace TagGuard.Sources;

/// <summary>A source that hashes the rows of a table's part by their key, so that two systems can be compared without moving their rows.</summary>
/// <remarks>
/// <para>Every engine makes the same bytes of the same value, and the same hashes of the same bytes. Columns become text in UTF-8:</para>
/// <list type="bullet">
/// <item>whole numbers: decimal digits without leading zeros, a minus before negative ones; booleans are 1 and 0;</item>
/// <item>decimals: no zeros at the end of the fraction, no point without one, no negative zero: 1.50 is `1.5`, -0.00 is `0`;</item>
/// <item>dates `2026-02-03`; times `2026-02-03 04:05:06.7`, without zeros at the end of the fraction; those with a zone in UTC;</item>
/// <item>text as it is, every space, case and accent of it; bytes as lower-case hexadecimal digits;</item>
/// <item>floating numbers and nested types are refused, for two engines write them differently: round or unfold them in SQL.</item>
/// </list>
/// <para>
/// A column named in parentheses is SQL, compared as the text that the engine makes of it. A row is its key and then its columns, each as the
/// number of its bytes, a colon and the text (`5:hello`), NULL as `-`: so no two rows share their bytes.
/// </para>
/// <para>
/// The bucket of a row is CRC-32 (IEEE) of its key's text (of no text for NULL), modulo the number of buckets. Its check has 64 bits: CRC-32 of the
/// SHA-1 of the row in lower-case hexadecimal digits above, CRC-32 of the row below. A bucket's checksum is the sum of its checks: unlike an
/// exclusive or, it does not lose rows that come in pairs. A bucket that differs looks equal with a chance of 1 in 2^64; for rows that are made so
/// that their CRC is equal, SHA-1 leaves 1 in 2^32. MySQL, MariaDB, Hive and Spark have both functions, DuckDB is given CRC-32.
/// </para>
/// </remarks>
public interface IKeyedSource : ICountSource
{
    /// <summary>Counts and checksums of all buckets, in one pass. Absent like <see cref="ICountSource.CountAsync"/>.</summary>
    /// <param name="part">What is hashed.</param>
    /// <param name="buckets">How many buckets: a power of two.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Buckets> BucketsAsync(KeyedPart part, int buckets, CancellationToken cancellationToken);

    /// <summary>What <see cref="BucketsAsync"/> asks, with the values that are bound; the columns are
    /// taken for text, for their types are not looked at. Touches nothing.</summary>
    string Question(KeyedPart part, int buckets);

    /// <summary>The rows of some buckets, ordered by the bytes of their keys, NULL first; streamed when they are enumerated.</summary>
    Task<KeyedRows> RowsAsync(KeyedPart part, BucketChoice choice, CancellationToken cancellationToken);
}

/// <summary>The part of a table that is hashed.</summary>
/// <param name="Part">Its rows.</param>
/// <param name="Key">The column that tells rows apart, or SQL in parentheses.</param>
/// <param name="Columns">The columns that are compared beside it, or SQL in parentheses; in the same order on both sides.</param>
public sealed record KeyedPart(TablePart Part, string Key, IReadOnlyList<string> Columns);

/// <summary>All buckets of a part, by number, and the question that gave them.</summary>
public sealed record Buckets(IReadOnlyList<Bucket> All, string Asked)
{
    public long Rows => All.Sum(bucket => bucket.Rows);
}

/// <summary>How many rows a bucket has, and the sum of their checks.</summary>
public readonly record struct Bucket(long Rows, UInt128 Checksum);

/// <summary>Some of so many buckets, ascending.</summary>
public sealed record BucketChoice(int Of, IReadOnlyList<int> Chosen);

/// <summary>Rows as they come, and the question that gives them.</summary>
public sealed record KeyedRows(IAsyncEnumerable<KeyedRow> Rows, string Asked);

/// <summary>One row: the text of its key in UTF-8 (null for NULL), and its check.</summary>
public readonly record struct KeyedRow(byte[]? Key, ulong Check)
{
    /// <summary>When it was last written, in milliseconds of Unix's time, where the system keeps that; 0 where not.</summary>
    public long Written { get; init; }
}
