namespace TagGuard.Facts;

/// <summary>Tags of one family are made by one script, and fail together.</summary>
static class TagFamily
{
    /// <summary>The part of a tag before its last group: A111U001 of A111U001_002; empty when it has but one.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> key) => key.LastIndexOf('_') is > 0 and var end ? key[..end] : "";

    /// <summary>The same as a text of its own.</summary>
    public static string Of(string key) => key.LastIndexOf('_') is > 0 and var end ? key[..end] : "";
}
