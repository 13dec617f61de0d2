using TagGuard.Sources;

namespace TagGuard.Adapters.HBase;

/// <summary>What became of a scan on its way.</summary>
sealed class ScanNotes
{
    int _resumed, _dropped;

    /// <summary>How often a scan was taken up behind its last row: a scanner, a gateway or a server was lost.</summary>
    public int Resumed => _resumed;

    /// <summary>How often a gateway said that it had no more rows, and had.</summary>
    public int Dropped => _dropped;

    public void Resume() => Interlocked.Increment(ref _resumed);

    public void Drop() => Interlocked.Increment(ref _dropped);
}

/// <summary>Reads the rows of a range of keys, each exactly once, and up to an end that is proven.</summary>
/// <remarks>
/// A gateway tells an error within a scan as its end (hbase-rest's ScannerResultGenerator logs an IOException, and goes on as if there were no more
/// rows; so it does without the right to read). So an end counts only when a second scan, which begins at the last row, gives this row and the next
/// one behind the range: what was read then reached from one to the other. Behind the last row of the table there is no next one; there a scan
/// backwards and without a scanner, which does not hide errors, has to find the last row again.
/// </remarks>
/// <param name="gateways">Whom to ask.</param>
/// <param name="scope">What is read.</param>
/// <param name="table">The table's own facts.</param>
/// <param name="budget">How fast it may be read.</param>
/// <param name="limits">How long nothing may come, and how many rows are asked for at once.</param>
/// <param name="notes">Takes what happens on the way.</param>
/// <param name="clock">The clock.</param>
sealed class RangeScan(
    Gateways gateways, ScanScope scope, TableReader table, RowBudget budget, ScanLimits limits, ScanNotes notes, TimeProvider clock)
{
    const int FirstPage = 500;

    /// <summary>Large enough for speed, small enough for a gateway's memory.</summary>
    const int BytesOfPage = 1 << 20;

    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Reads the rows; the end is proven when it returns.</summary>
    /// <param name="range">The rows.</param>
    /// <param name="take">Takes each row, in order.</param>
    /// <param name="told">Told how many came, now and then, and up to where it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">They could not all be read, or did not come in order: what was taken is no count.</exception>
    public async Task RunAsync(KeyRange range, TakeRow take, Action<int, byte[]> told, CancellationToken cancellationToken)
    {
        var position = new Position(range);
        var since = clock.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            var before = position.Rows;
            LostException fault;
            try
            {
                await ReadAsync(position, take, told, cancellationToken);
                if (await IsEndAsync(position, cancellationToken))
                    return;
                notes.Drop();
                fault = gateways.Faults.Lost(
                    "The gateway says that there are no more rows, and there are: look into its log.", gateways.Bases[0], scope.ToString());
            }
            catch (LostException lost)
            {
                fault = lost;
            }
            notes.Resume();
            if (position.Rows > before)
                (since, pause) = (clock.GetTimestamp(), FirstPause);
            else if (clock.GetElapsedTime(since) > limits.RetryFor)
                throw NotCounted(position, fault.Fault);
            await Task.Delay(pause, clock, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    async Task ReadAsync(Position position, TakeRow take, Action<int, byte[]> told, CancellationToken cancellationToken)
    {
        if (position.Rest is not { } rest)
            return;
        await using var scanner = await OpenAsync(rest, cancellationToken);
        var most = Math.Min(FirstPage, limits.MostOfPage);
        while (await scanner.NextAsync(most, cancellationToken) is { Count: > 0 } page)
        {
            var rows = Take(position, page, take, scanner.Gateway);
            told(rows, position.Last!);
            await budget.SpendAsync(page.Count, cancellationToken);
            if (page.Count < most)
                return;
            most = (int)Math.Clamp((long)page.Count * BytesOfPage / Math.Max(page.Bytes, 1), 1, limits.MostOfPage);
        }
    }

    /// <summary>Rows of the page that were not read before.</summary>
    int Take(Position position, RowPage page, TakeRow take, Uri gateway)
    {
        var rows = 0;
        ReadOnlySpan<byte> last = position.Last;
        var hasLast = position.Last is not null;
        for (var i = 0; i < page.Count; i++)
        {
            var key = page.KeyAt(i);
            var order = hasLast ? key.SequenceCompareTo(last) : 1;
            if (order < 0)
                throw OutOfPlace($"its rows did not come in order ({RowKeys.Text(key)} after {RowKeys.Text(last)})", gateway);
            if (!position.Range.Holds(key))
                throw OutOfPlace($"row {RowKeys.Text(key)} came, which is not in {position.Range}", gateway);
            if (order == 0)
                continue;
            take(key, page.RowAt(i));
            last = key;
            hasLast = true;
            rows++;
        }
        position.Take(last, rows);
        return rows;
    }

    /// <summary>Whether nothing is left behind the last row; false when there is.</summary>
    /// <exception cref="LostException">That cannot be told now.</exception>
    async Task<bool> IsEndAsync(Position position, CancellationToken cancellationToken)
    {
        if (scope.Since is not null && await IsEndOfSinceAsync(position, cancellationToken) is { } known)
            return known;
        var from = position.Last ?? position.Range.Start;
        var found = await FirstAsync(scope with { Since = null }, new KeyRange(from, []), position.Last is null ? 1 : 2, cancellationToken);
        var next = found.FirstOrDefault(key => position.Last is null || key.AsSpan().SequenceCompareTo(position.Last) > 0);
        if (next is not null)
            return scope.Since is not null || !position.Range.Holds(next);
        // The last rows of the table, or an error that is told as its end.
        var last = await table.LastRowAsync(scope, cancellationToken);
        if (last is null || last.AsSpan().SequenceCompareTo(from) <= 0 && (position.Last is not null || !position.Range.Holds(last)))
            return true;
        return scope.Since is not null || (position.Range.Holds(last)
            ? false
            : throw gateways.Faults.Lost("The gateway hides an error as the end of a scan: look into its log.", gateways.Bases[0], scope.ToString()));
    }

    /// <summary>Rows of a time lie so far apart that the next one behind the range may be a table away. So the last row must come again, alone, in
    /// one answer; null where there is none, and only the server can be seen to be well.</summary>
    async Task<bool?> IsEndOfSinceAsync(Position position, CancellationToken cancellationToken)
    {
        var from = position.Last ?? position.Range.Start;
        var found = await FirstAsync(scope, new KeyRange(from, position.Range.End), 2, cancellationToken);
        if (found.Any(key => position.Last is null || key.AsSpan().SequenceCompareTo(position.Last) > 0))
            return false;
        return found.Count > 0 ? true : null;
    }

    async Task<IReadOnlyList<byte[]>> FirstAsync(ScanScope what, KeyRange range, int rows, CancellationToken cancellationToken)
    {
        await using var scanner = await OpenScanner.OpenAsync(
            gateways, what.Table, (what with { KeysOnly = true }).Scanner(range), cancellationToken);
        var page = await scanner.NextAsync(rows, cancellationToken);
        return page?.Keys ?? [];
    }

    Task<OpenScanner> OpenAsync(KeyRange range, CancellationToken cancellationToken) =>
        OpenScanner.OpenAsync(gateways, scope.Table, scope.Scanner(range), cancellationToken);

    SourceException OutOfPlace(string what, Uri gateway) =>
        gateways.Faults.Fault($"{scope.Table} cannot be counted: {what}. Look at the gateway's release.", gateway, scope.ToString());

    SourceException NotCounted(Position position, SourceException fault) => gateways.Faults.Fault(
        $"{scope.Table} was not counted: for {limits.RetryFor.TotalSeconds:0} s no row came behind "
            + $"{(position.Last is null ? $"the start of {position.Range}" : RowKeys.Text(position.Last))}. {fault.Message}",
        gateways.Bases[0],
        scope.ToString(),
        fault,
        isTransient: true);

    /// <summary>How far a range is read.</summary>
    sealed class Position(KeyRange range)
    {
        public KeyRange Range => range;

        public byte[]? Last { get; private set; }

        public long Rows { get; private set; }

        /// <summary>What is behind the last row; null where no key can be.</summary>
        public KeyRange? Rest => Last is null ? range : RowKeys.After(Last) is { Length: > 0 } start ? range with { Start = start } : null;

        public void Take(ReadOnlySpan<byte> last, int rows)
        {
            if (rows > 0)
                Last = last.ToArray();
            Rows += rows;
        }
    }
}

/// <summary>How patient a scan is.</summary>
/// <param name="RetryFor">How long no row may come.</param>
/// <param name="MostOfPage">Rows of an answer, at most.</param>
readonly record struct ScanLimits(TimeSpan RetryFor, int MostOfPage);
