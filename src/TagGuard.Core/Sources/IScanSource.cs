namespace TagGuard.Sources;

/// <summary>A source whose tables are read row by row, in ranges of their keys: it takes a while, and says how far it is.</summary>
public interface IScanSource : ITriedSource
{
    /// <summary>Counts every row exactly once. What could not be counted to its end is a <see cref="SourceException"/>, never a short
    /// number.</summary>
    /// <param name="part">Whose rows.</param>
    /// <param name="progress">Told how far it is; null when nobody looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Counted> CountAsync(TablePart part, IProgress<ScanProgress>? progress, CancellationToken cancellationToken);
}

/// <summary>How far a scan is.</summary>
/// <param name="Rows">Rows so far.</param>
/// <param name="Done">Regions that are read.</param>
/// <param name="Regions">All of them.</param>
/// <param name="Left">How long it may still take; null when that cannot be said yet.</param>
public sealed record ScanProgress(long Rows, int Done, int Regions, TimeSpan? Left);

/// <summary>Rows of a table by their keys and by when they were written. In a key, `\x0F` is a byte.</summary>
/// <param name="Prefix">What keys begin with, or null.</param>
/// <param name="From">The first key, or null.</param>
/// <param name="To">The first key that does not belong to it, or null.</param>
/// <param name="Family">Rows that have a column of this family; null for any.</param>
/// <param name="Since">Rows that have a column that was written then or later; null for whenever.</param>
public sealed record RowScan(string? Prefix, string? From, string? To, string? Family, DateTimeOffset? Since);
