namespace TagGuard.Sources;

/// <summary>A source that would read all rows to count none: it can be tried without.</summary>
public interface ITriedSource : ICountSource
{
    /// <summary>Whether the part could be counted: it is there, as is what is asked of it, and may be read. Reads one row at most.</summary>
    Task TryAsync(TablePart part, CancellationToken cancellationToken);
}
