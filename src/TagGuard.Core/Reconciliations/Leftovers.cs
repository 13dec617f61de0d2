using TagGuard.Facts;

namespace TagGuard.Reconciliations;

/// <summary>Rows that were left there: every one of them was written before any of those that both sides have.</summary>
/// <param name="Rows">Keys of them that were looked at.</param>
/// <param name="Newest">When the newest of them was written, in milliseconds of Unix's time.</param>
/// <param name="Sync">When the oldest of those that both sides have was.</param>
public sealed record StaleRows(long Rows, long Newest, long Sync);

/// <summary>Looks when the rows that only the right side has were written, where that side keeps it.</summary>
sealed class Leftovers
{
    /// <summary>One row older than all others may be chance.</summary>
    const int FewestRows = 3;

    long _extra, _newestExtra, _oldestBoth = long.MaxValue;
    bool _isUnknown;

    public void Add(in KeyPair pair)
    {
        if (pair.Right.Rows == 0)
            return;
        _isUnknown |= pair.Right.Written == 0;
        if (pair.Difference == DifferenceKind.ExtraThere)
        {
            _extra++;
            _newestExtra = Math.Max(_newestExtra, pair.Right.Written);
        }
        else
        {
            _oldestBoth = Math.Min(_oldestBoth, pair.Right.Written);
        }
    }

    /// <summary>Null when they are not all older, or nobody knows.</summary>
    public StaleRows? Found() => !_isUnknown && _extra >= FewestRows && _oldestBoth < long.MaxValue && _newestExtra < _oldestBoth
        ? new(_extra, _newestExtra, _oldestBoth)
        : null;
}
