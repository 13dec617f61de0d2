using System.Runtime.CompilerServices;
using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Reconciliations;

/// <summary>What one key has on each side; no rows where the side has not got it.</summary>
readonly record struct KeyPair(byte[]? Key, KeyRows Left, KeyRows Right)
{
    /// <summary>How the sides differ in it; null when they do not.</summary>
    public DifferenceKind? Difference => (Left.Rows, Right.Rows) switch
    {
        (_, 0) => DifferenceKind.MissingThere,
        (0, _) => DifferenceKind.ExtraThere,
        _ => (Left.Rows, Left.Check) == (Right.Rows, Right.Check) ? null : DifferenceKind.DifferentThere,
    };
}

/// <summary>How many rows a key has, and the sum of their checks.</summary>
readonly record struct KeyRows(long Rows, ulong Check)
{
    /// <summary>When the newest of them was written, in milliseconds; 0 where nobody knows.</summary>
    public long Written { get; init; }
}

/// <summary>Reads two streams of rows side by side, both ordered by key: one row of each is held, whatever their length.</summary>
static class KeyMerge
{
    /// <exception cref="SourceException">A side's keys are not in order.</exception>
    public static async IAsyncEnumerable<KeyPair> PairsAsync(
        IAsyncEnumerable<KeyedRow> left, string leftName, IAsyncEnumerable<KeyedRow> right, string rightName,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var lefts = ByKeyAsync(left, leftName, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var rights = ByKeyAsync(right, rightName, cancellationToken).GetAsyncEnumerator(cancellationToken);
        // Both are asked at once: what takes long is the way to their first rows.
        var first = await Task.WhenAll(lefts.MoveNextAsync().AsTask(), rights.MoveNextAsync().AsTask());
        var (hasLeft, hasRight) = (first[0], first[1]);
        while (hasLeft || hasRight)
        {
            var order = !hasRight ? -1 : !hasLeft ? 1 : Compare(lefts.Current.Key, rights.Current.Key);
            yield return order switch
            {
                < 0 => new KeyPair(lefts.Current.Key, lefts.Current.Rows, default),
                > 0 => new KeyPair(rights.Current.Key, default, rights.Current.Rows),
                _ => new KeyPair(lefts.Current.Key, lefts.Current.Rows, rights.Current.Rows),
            };
            hasLeft = order <= 0 ? await lefts.MoveNextAsync() : hasLeft;
            hasRight = order >= 0 ? await rights.MoveNextAsync() : hasRight;
        }
    }

    /// <summary>Rows of one key put together.</summary>
    static async IAsyncEnumerable<(byte[]? Key, KeyRows Rows)> ByKeyAsync(
        IAsyncEnumerable<KeyedRow> rows, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (byte[]? Key, KeyRows Rows) current = default;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var order = current.Rows.Rows == 0 ? 1 : Compare(row.Key, current.Key);
            if (order < 0)
                throw new SourceException(
                    name,
                    "keys",
                    $"Its keys did not come in order ({Difference.Of(default, row.Key).Key} after {Difference.Of(default, current.Key).Key}), so "
                        + "they cannot be compared.",
                    "");
            if (order > 0 && current.Rows.Rows > 0)
                yield return current;
            current =
                order > 0
                    ? (row.Key, new KeyRows(1, row.Check) { Written = row.Written })
                    : (current.Key, new KeyRows(current.Rows.Rows + 1, unchecked(current.Rows.Check + row.Check))
                    {
                        Written = Math.Max(current.Rows.Written, row.Written),
                    });
        }
        if (current.Rows.Rows > 0)
            yield return current;
    }

    static int Compare(byte[]? left, byte[]? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => left.AsSpan().SequenceCompareTo(right),
    };
}
