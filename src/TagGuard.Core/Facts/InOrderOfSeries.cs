namespace TagGuard.Facts;

/// <summary>Order by series for a check's tags, which nearly always are in it, with a few totals
/// among them: of a million, looking is much less than sorting.</summary>
static class InOrderOfSeries
{
    /// <summary>More than a check has: each moves all behind it.</summary>
    const int MostTotals = 16;

    /// <summary>A list in order; equal ones stay as they were.</summary>
    public static List<T> InOrder<T>(this IReadOnlyCollection<T> all, Func<T, SeriesId> series)
    {
        var keyed = new List<T>(all.Count);
        var others = new List<T>();
        var isAscending = true;
        foreach (var one in all)
        {
            if (series(one).Key.Length == 0)
            {
                others.Add(one);
                continue;
            }
            isAscending &= keyed.Count == 0 || series(keyed[^1]).CompareTo(series(one)) <= 0;
            keyed.Add(one);
        }
        if (!isAscending || others.Count > MostTotals)
            return [.. all.OrderBy(series)];
        foreach (var one in others)
            keyed.Insert(PlaceOf(series(one), keyed, series), one);
        return keyed;
    }

    /// <summary>Each series once, in order.</summary>
    public static List<SeriesId> OnceEach(this IReadOnlyCollection<SeriesId> all)
    {
        var ordered = all.InOrder(series => series);
        var kept = 0;
        for (var i = 0; i < ordered.Count; i++)
        {
            if (i == 0 || ordered[i] != ordered[i - 1])
                ordered[kept++] = ordered[i];
        }
        ordered.RemoveRange(kept, ordered.Count - kept);
        return ordered;
    }

    /// <summary>Behind all that are not greater.</summary>
    static int PlaceOf<T>(SeriesId id, List<T> ordered, Func<T, SeriesId> series)
    {
        var (low, high) = (0, ordered.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = series(ordered[middle]).CompareTo(id) <= 0 ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
