using TagGuard.Facts;

namespace TagGuard.Sources;

/// <summary>A source that counts users by tag (or crowd, or any other key) in one scan of the table's part.</summary>
public interface IVolumeSource : ISource
{
    /// <summary>Counts every key at once. A partition, of tags or of active users, that does not exist is absent as for
    /// <see cref="ICountSource.CountAsync"/>.</summary>
    /// <param name="query">What to count.</param>
    /// <param name="progress">Rows read so far, now and then; null when nobody looks.</param>
    /// <param name="cancellationToken">Gives up the scan.</param>
    Task<Volumes> CountVolumesAsync(VolumeQuery query, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>What <see cref="CountVolumesAsync"/> asks. Touches nothing, so it knows no
    /// column's type: tags are shown as if they were a map, of texts.</summary>
    string Question(VolumeQuery query);
}

/// <summary>What to count.</summary>
/// <param name="Part">The partition with the users' tags.</param>
/// <param name="User">Column with the user id.</param>
/// <param name="Tags">Column with the tags: `map&lt;string,…&gt;` (keys),
/// `array&lt;string&gt;`, or a scalar when each row is one (user, tag); or SQL in parentheses that makes one of these.</param>
/// <param name="Active">The day's active users, or null.</param>
public sealed record VolumeQuery(TablePart Part, string User, string Tags, ActiveQuery? Active)
{
    /// <summary>Whether each value of a map is a tag too, `key=value`, and how many tags there may then be; null for the keys alone.</summary>
    /// <remarks>
    /// Every engine writes a value alike: text as it is, whole numbers in digits, booleans as `true` and `false`, dates as `2026-02-03`, decimals
    /// without zeros at the end of the fraction (1.50 is `1.5`). NULL and an empty text add no tag. Other types are refused.
    /// </remarks>
    public int? ValuesAtMost { get; init; }

    /// <summary>How tags are put into families.</summary>
    public TagFamilies Families { get; init; } = TagFamilies.Guessed;
}

/// <summary>Where the day's active users are: one row per visit or per user.</summary>
public sealed record ActiveQuery(TablePart Part, string User);

/// <summary>What one scan of the tag partition told.</summary>
/// <param name="Rows">Rows of the partition.</param>
/// <param name="Users">Different user ids; told apart by a 64-bit hash, so of 50 million users one is missed with a chance of 1 in 15,000.</param>
/// <param name="TaggedUsers">Different user ids with at least one tag.</param>
/// <param name="UsersWithoutTags">Rows whose tags are null or empty.</param>
/// <param name="EmptyMaps">Rows whose tags are there but hold nothing (0 for (user, tag) rows).</param>
/// <param name="DuplicateUsers">Rows that repeat a user id of another row; for (user, tag)
/// rows, where a user has many, rows that repeat the pair.</param>
/// <param name="ActiveUsers">Different active users of the day, or null when not asked.</param>
/// <param name="Keys">Users by key, ordered by key (ordinal).</param>
/// <param name="Asked">The SQL that was run.</param>
public sealed record Volumes(
    long Rows, long Users, long TaggedUsers, long UsersWithoutTags, long EmptyMaps, long DuplicateUsers, long? ActiveUsers,
    IReadOnlyList<KeyVolume> Keys, string Asked)
{
    /// <summary>Whether each row is one (user, tag): then <see cref="DuplicateUsers"/> counts rows that repeat both.</summary>
    public bool RowsArePairs { get; init; }

    /// <summary>Rows whose user id is NULL, NaN or empty. They are among <see cref="Rows"/> and in no other number.</summary>
    public long RowsWithoutUser { get; init; }

    /// <summary>Different users by family of tags (`TagFamilies`), ordered by family (ordinal); of tags without a family none. Of a table with one
    /// row a user, rows that carry any tag of it, as a key's.</summary>
    public IReadOnlyList<FamilyVolume> Families { get; init; } = [];

    /// <summary>Tags that are NULL: elements of lists; for (user, tag) rows, users that have NULL beside other tags.</summary>
    public long NullTags { get; init; }
}

/// <summary>Users that carry any tag of a family, each once.</summary>
public readonly record struct FamilyVolume(string Family, long Users);

/// <summary>One key's volume: rows that carry it, and how many of them are of active users (null when not asked).</summary>
public readonly record struct KeyVolume(string Key, long Users, long? ActiveUsers);
