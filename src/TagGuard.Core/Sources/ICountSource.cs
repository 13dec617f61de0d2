namespace TagGuard.Sources;

/// <summary>A source that counts the rows of a table's part.</summary>
public interface ICountSource : ISource
{
    /// <summary>Number of rows. A partition that does not exist is an <see cref="SourceException.IsAbsent"/> error, never 0.</summary>
    /// <remarks>
    /// A folder's partition exists when its folder does, and may be empty. A partition that
    /// is a column exists when a row has its value, whether or not
    /// <see cref="TablePart.Where"/> leaves that row out: so 0 means that rows are there and none of them is wanted.
    /// </remarks>
    Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken);

    /// <summary>What <see cref="CountAsync"/> asks, with the values that are bound. Touches nothing.</summary>
    string Question(TablePart part);
}

/// <summary>A number of rows, and the question that gave it.</summary>
public sealed record Counted(long Rows, string Asked);
