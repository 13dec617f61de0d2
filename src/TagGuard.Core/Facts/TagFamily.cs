namespace TagGuard.Facts;

/// <summary>Tags of one family are made by one script, and fail together.</summary>
public static class TagFamily
{
    /// <summary>Behind the first of these stands a value, whatever is in it: the family of `city=a/b=c` is city.</summary>
    public const char Value = '=';

    /// <summary>What nobody writes but between a family and its value; where a tag has none of them, `_` stands there.</summary>
    public const string Separators = ":/|#";

    /// <summary>The part of a tag before its value, or its last group: vip of vip=3, A111U001 of A111U001_002, read_time of read_time:h00; empty when
    /// it has but one.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> key) =>
        key.IndexOf(Value) is > 0 and var value ? key[..value]
        : key.LastIndexOfAny(Separators) is > 0 and var end ? key[..end]
        : key.LastIndexOf('_') is > 0 and var last ? key[..last]
        : "";

    /// <summary>The same as a text of its own.</summary>
    public static string Of(string key) => Of(key.AsSpan()) is { Length: > 0 } family ? family.ToString() : "";
}
