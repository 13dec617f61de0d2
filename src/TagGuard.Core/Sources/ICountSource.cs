namespace TagGuard.Sources;

/// <summary>A source that counts the rows of a table's part.</summary>
public interface ICountSource : ISource
{
    /// <summary>Number of rows. A partition that does not exist is an <see cref="SourceException.IsAbsent"/> error, never 0.</summary>
    Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken);

    /// <summary>What <see cref="CountAsync"/> asks, with the values that are bound. Touches nothing.</summary>
    string Question(TablePart part);
}

/// <summary>A number of rows, and the question that gave it.</summary>
public sealed record Counted(long Rows, string Asked);
