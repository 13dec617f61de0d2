using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>What one thread counted of a partition.</summary>
sealed class VolumeCounts
{
    readonly HashSet64? _shared;
    readonly FamilyCounter _families;
    HashBuffer? _buffer;

    /// <param name="shared">Where the users of (user, tag) pairs go: each comes with every tag, to any thread. Null when rows have lists of
    /// tags.</param>
    /// <param name="families">How tags are put into families.</param>
    public VolumeCounts(HashSet64? shared, TagFamilies families)
    {
        (_shared, _families) = (shared, new FamilyCounter(families));
        Keys = new KeyCounter(shared is null ? _families : null);
    }

    public KeyCounter Keys { get; }

    /// <summary>The users of rows with lists of tags: nearly all are different, so they are kept as they come.</summary>
    public HashParts Users { get; } = new();

    public HashBuffer SharedUsers => _buffer ??= new HashBuffer(_shared!);

    /// <summary>Rows, or pairs, with a user.</summary>
    public long Entries { get; set; }
    public long Rows { get; set; }
    public long RowsWithoutUser { get; set; }
    public long WithoutTags { get; set; }
    public long Empty { get; set; }
    public long Repeats { get; set; }
    public long NullTags { get; set; }

    /// <summary>Puts together what the threads counted.</summary>
    /// <param name="threads">What each counted.</param>
    /// <param name="pairs">The users of (user, tag) pairs; null when rows had lists of tags.</param>
    /// <param name="familiesOfPairs">Users by family, of pairs.</param>
    /// <param name="active">The day's active users, or null.</param>
    /// <param name="asked">The SQL.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Volumes Sum(
        IReadOnlyList<VolumeCounts> threads,
        HashSet64? pairs,
        IEnumerable<(string Family, long Users)> familiesOfPairs,
        long? active,
        string asked,
        CancellationToken cancellationToken)
    {
        foreach (var thread in threads)
            thread._buffer?.Flush();
        var (users, tagged) = pairs is not null
            ? (pairs.Count, pairs.Flagged)
            : HashParts.Count([.. threads.Select(thread => thread.Users)], cancellationToken);
        var nulls = Total(thread => thread.NullTags);
        return new Volumes(
            Total(thread => thread.Rows),
            users,
            tagged,
            pairs is not null ? users - tagged : Total(thread => thread.WithoutTags),
            Total(thread => thread.Empty),
            // Of pairs, it is the pair that repeats; a user has many.
            pairs is not null
                ? Total(thread => thread.Repeats)
                : Total(thread => thread.Entries) - users,
            active,
            KeysOf(threads, active is not null),
            asked)
        {
            RowsArePairs = pairs is not null,
            Families = FamiliesOf(threads.SelectMany(thread => thread._families.Counts()).Concat(familiesOfPairs)),
            RowsWithoutUser = Total(thread => thread.RowsWithoutUser),
            // A user's row with NULL in place of a tag is how pairs say that he has none; beside other tags it is a tag that got lost.
            NullTags = pairs is not null ? nulls - (users - tagged) : nulls,
        };

        long Total(Func<VolumeCounts, long> count) => threads.Sum(count);
    }

    static FamilyVolume[] FamiliesOf(IEnumerable<(string Family, long Rows)> parts) =>
    [
        .. parts
            .GroupBy(part => part.Family, part => part.Rows, StringComparer.Ordinal)
            .Select(family => new FamilyVolume(family.Key, family.Sum()))
            .OrderBy(family => family.Family, StringComparer.Ordinal),
    ];

    static KeyVolume[] KeysOf(IReadOnlyList<VolumeCounts> threads, bool countsActive)
    {
        if (threads.Count == 0)
            return [];
        var all = threads[0].Keys;
        foreach (var thread in threads.Skip(1))
            all.Add(thread.Keys);
        var keys = new KeyVolume[all.Count];
        var next = 0;
        foreach (var (key, rows, activeRows) in all.Counts())
            keys[next++] = new KeyVolume(key, rows, countsActive ? activeRows : null);
        Array.Sort(keys, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return keys;
    }
}
