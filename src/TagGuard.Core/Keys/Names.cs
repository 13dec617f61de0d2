namespace TagGuard.Keys;

/// <summary>Names in a plan: of itself, its stages and its checks. They are keys of what is stored and words of every line that is shown.</summary>
public static class Names
{
    /// <summary>Characters: a table's key holds no more with the others beside it.</summary>
    public const int Longest = 150;

    /// <summary>Why it is no name, or null.</summary>
    public static string? MistakeIn(string name) =>
        name.Length > Longest
            ? $"The name that begins with \"{PlainText.Shown(name[..20])}\" has {name.Length} characters: at most {Longest} are kept."
        : PlainText.HasHidden(name) ? $"The name \"{PlainText.Shown(name)}\" is more than one line of text: write it on one, without tabs."
        : null;
}
