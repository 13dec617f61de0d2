namespace TagGuard.Sources;

/// <summary>A source that runs a query of the user's, and finds rows by their values.</summary>
public interface IRowsSource : ISource
{
    /// <summary>Runs one SELECT with `@date` (and `@yesterday`) bound, never concatenated.</summary>
    Task<RowsAnswer> RowsAsync(string sql, DateOnly date, CancellationToken cancellationToken);

    /// <summary>What <see cref="RowsAsync"/> asks, with the values that are bound. Touches nothing.</summary>
    string Question(string sql, DateOnly date);

    /// <summary>Counts the rows of a table whose columns hold given values: bound, never concatenated, and the names quoted. A table that does not
    /// exist is <see cref="SourceException.IsAbsent"/>.</summary>
    Task<Counted> MatchAsync(RowMatch match, CancellationToken cancellationToken);

    /// <summary>What <see cref="MatchAsync"/> asks, with the values that are bound. Touches nothing.</summary>
    string Question(RowMatch match);
}

/// <summary>What a query returned.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="First">The first column of the first row; null when there is no row or the value is NULL. Dates and times come as
/// <see cref="DateTime"/>, those beyond the calendar (infinity) as its first or last instant.</param>
/// <param name="Asked">The SQL as it was sent, with the parameters' values behind it.</param>
public sealed record RowsAnswer(long Rows, object? First, string Asked);
