using System.Collections;

namespace TagGuard.StoreContracts;

/// <summary>Cancels when it has been read half through.</summary>
sealed class InterruptingList<T>(IReadOnlyList<T> items, CancellationTokenSource interrupt) : IReadOnlyList<T>
{
    bool _isArmed;

    public T this[int index] => items[index];

    public int Count => items.Count;

    /// <summary>The first readers ask which series are quarantined; the last one writes.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        var cancels = _isArmed;
        _isArmed = true;
        return Items(cancels);
    }

    IEnumerator<T> Items(bool cancels)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (cancels && i == items.Count / 2)
                interrupt.Cancel();
            yield return items[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
