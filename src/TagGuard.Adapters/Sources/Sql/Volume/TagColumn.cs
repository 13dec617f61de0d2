using System.Globalization;
using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sources.Sql.Volume;

/// <summary>How a table keeps the tags of a user.</summary>
enum TagShape
{
    /// <summary>A row a user, the tags the keys of a map.</summary>
    Map,

    /// <summary>A row a user, the tags in a list.</summary>
    Array,

    /// <summary>A row for each user and tag.</summary>
    Pairs,
}

/// <summary>What the values of a map are, where they are tags too.</summary>
enum TagValue
{
    /// <summary>No tags.</summary>
    None,

    /// <summary>Texts, or what all engines write alike: whole numbers, dates.</summary>
    Text,
    Boolean,
    Decimal,
}

/// <summary>What the column of tags holds.</summary>
/// <param name="Shape">How tags are kept.</param>
/// <param name="Values">What the values of a map are.</param>
readonly record struct TagColumn(TagShape Shape, TagValue Values = TagValue.None)
{
    /// <summary>Whether the keys of a map are texts, which alone may look like a key with its value.</summary>
    public bool HasTextKeys { get; init; }

    const string NamedElsewhere = "Name another column as `tags`, SQL in parentheses, or have a view make such a column.";

    public static InvalidDataException Refused(string tags) =>
        new(
            $"The column {tags} is a struct, and tags are text, whole numbers or booleans: one in each row, a list of them, or the keys of a map. "
                + NamedElsewhere);

    /// <summary>Values are asked of what is no map.</summary>
    public static InvalidDataException NoMap(string tags, string type) =>
        new($"With `values: yes` the tags are the keys and values of a map, and {tags} is {type}: take `values` out. Or: {NamedElsewhere}");

    /// <summary>Values that no two systems write alike.</summary>
    public static InvalidDataException RefusedValues(string tags, string type) =>
        new(
            $"The values of {tags} are {type}, which no two systems write alike: tags are made of texts, whole numbers, decimals, booleans and "
                + $"dates. Take `values` out, or make such values by SQL in parentheses. Or: {NamedElsewhere}");

    /// <summary>A map whose values tell users apart.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="tags">The tags so far.</param>
    public static InvalidDataException TooMany(VolumeQuery query, IEnumerable<string> tags)
    {
        var (key, values) = tags.Where(tag => tag.IndexOf(GuessedFamilies.Value) > 0)
            .CountBy(tag => TagFamilies.Guessed.Of(tag))
            .MaxBy(many => many.Value);
        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"The values of {query.Tags} make more than {query.ValuesAtMost:#,0} tags, of `{key}` alone {values:#,0} so far. A value that each user "
                + $"has another of is no level: leave such keys out by SQL in parentheses, or raise `at_most`."));
    }
}
