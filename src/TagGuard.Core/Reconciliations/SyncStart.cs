namespace TagGuard.Reconciliations;

/// <summary>Looks when the sync started to write, where the right side keeps when its rows were written.</summary>
/// <param name="since">The end of the business date, in milliseconds of Unix's time: what was written before is of an earlier sync.</param>
sealed class SyncStart(long since)
{
    /// <summary>Older ones may be somebody's correction.</summary>
    const int FewestRows = 3;

    /// <summary>The oldest times, the latest of them on top.</summary>
    readonly PriorityQueue<long, long> _oldest = new();

    public void Add(in KeyPair pair)
    {
        if (pair.Right.Rows == 0 || pair.Right.Written < since)
            return;
        _oldest.Enqueue(pair.Right.Written, -pair.Right.Written);
        if (_oldest.Count > FewestRows)
            _oldest.Dequeue();
    }

    /// <summary>In milliseconds; null when nobody knows.</summary>
    public long? Found() => _oldest.Count == FewestRows ? _oldest.Peek() : null;
}
