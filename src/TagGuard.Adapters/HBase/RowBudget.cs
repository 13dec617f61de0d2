namespace TagGuard.Adapters.HBase;

/// <summary>Rows a second that all scans together may read, so that the services on the same servers do not notice.</summary>
/// <param name="perSecond">How many; 0 for as many as come.</param>
/// <param name="clock">The clock.</param>
sealed class RowBudget(int perSecond, TimeProvider clock)
{
    /// <summary>A pause between two pages must be far below the lease of a scanner (60 s).</summary>
    static readonly TimeSpan LongestPage = TimeSpan.FromSeconds(5);

    readonly Lock _lock = new();
    readonly long _began = clock.GetTimestamp();

    /// <summary>Seconds after the beginning until which the budget is spent.</summary>
    double _spent;

    /// <summary>Rows that one of so many scans may ask for at once.</summary>
    public int MostOfPage(int scans) =>
        perSecond == 0 ? int.MaxValue : (int)Math.Clamp(perSecond * LongestPage.TotalSeconds / scans, 1, int.MaxValue);

    /// <summary>Waits until so many rows are paid for.</summary>
    public Task SpendAsync(int rows, CancellationToken cancellationToken)
    {
        if (perSecond == 0)
            return Task.CompletedTask;
        double wait;
        lock (_lock)
        {
            var now = clock.GetElapsedTime(_began).TotalSeconds;
            _spent = Math.Max(_spent, now) + (double)rows / perSecond;
            wait = _spent - now;
        }
        return Task.Delay(TimeSpan.FromSeconds(wait), clock, cancellationToken);
    }
}
