using System.Buffers.Binary;
using System.Text;
using TagGuard.Keys;

namespace TagGuard.Facts;

/// <summary>How the tags of a check are put into families. Tags of one family are made by one script, and fail together.</summary>
public abstract class TagFamilies
{
    /// <summary>Where a plan does not say: what tags themselves show.</summary>
    public static readonly GuessedFamilies Guessed = new();

    /// <summary>What makes them, in a word or two; two with the same name put every tag into the same family.</summary>
    public abstract string Name { get; }

    /// <summary>The family of a tag; empty when it has none.</summary>
    public abstract string Of(string tag);

    /// <summary>What a tag says beside its family: h00 of read_time:h00.</summary>
    public virtual string ValueOf(string tag)
    {
        var family = Of(tag);
        return (family.Length > 0 && tag.StartsWith(family, StringComparison.Ordinal) ? tag[family.Length..] : tag)
            .Trim(':', '/', '|', '=', '#', '_');
    }

    /// <summary>
    /// The name as a number, which is stored with the counts: users of a family are compared with those of other days as long as families are
    /// made in one way. 0 for those that are guessed, which is not stored.
    /// </summary>
    public double Mark => this is GuessedFamilies ? 0
        : BinaryPrimitives.ReadUInt64BigEndian(Sha256.HashData(Encoding.UTF8.GetBytes(Name))) >> 16;

    /// <summary>What people know of a tag; null when nobody says.</summary>
    public virtual TagEntry? EntryOf(string tag) => null;

    /// <summary>A tag by its name, and what people call it: "push:p00 (noon push)".</summary>
    public string Named(string tag) => TagTable.Named(tag, EntryOf(tag));
}

/// <summary>Families that tags themselves show.</summary>
public sealed class GuessedFamilies : TagFamilies
{
    /// <summary>Behind the first of these stands a value, whatever is in it: the family of `city=a/b=c` is city.</summary>
    public const char Value = '=';

    /// <summary>What nobody writes but between a family and its value; where a tag has none of them, `_` stands there.</summary>
    public const string Separators = ":/|#";

    public override string Name => "guess";

    /// <summary>The part of a tag before its value, or its last group: vip of vip=3, A111U001 of A111U001_002, read_time of read_time:h00; empty when
    /// it has but one.</summary>
    public override string Of(string tag) => tag[..(SeparatorOf(tag) ?? 0)];

    public override string ValueOf(string tag) => SeparatorOf(tag) is { } at ? tag[(at + 1)..] : base.ValueOf(tag);

    /// <summary>Where the separator stands that makes a tag's family; null when none does.</summary>
    public static int? SeparatorOf(string tag) =>
        tag.IndexOf(Value) is > 0 and var value ? value
        : tag.AsSpan().LastIndexOfAny(Separators) is > 0 and var end ? end
        : tag.LastIndexOf('_') is > 0 and var last ? last
        : null;
}

/// <summary>The part of a tag before the last place of a text; without the text, a tag has no family.</summary>
/// <param name="separator">The text; empty for no families at all.</param>
public sealed class SeparatedFamilies(string separator) : TagFamilies
{
    public string Separator => separator;

    public override string Name => $"separator {separator}";

    public override string Of(string tag) => tag[..Math.Max(Place(tag), 0)];

    public override string ValueOf(string tag) => Place(tag) is > 0 and var at ? tag[(at + separator.Length)..] : tag;

    int Place(string tag) => separator.Length == 0 ? -1 : tag.LastIndexOf(separator, StringComparison.Ordinal);
}

/// <summary>What the group of a pattern holds in a tag; where it does not match, a tag has no family.</summary>
public sealed class PatternFamilies(PortablePattern pattern) : TagFamilies
{
    public PortablePattern Pattern => pattern;

    public override string Name => $"pattern {pattern.Text}";

    public override string Of(string tag) => pattern.FirstGroup(tag);
}
