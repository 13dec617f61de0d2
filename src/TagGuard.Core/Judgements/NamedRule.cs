using TagGuard.Facts;

namespace TagGuard.Judgements;

/// <summary>A rule that other code asks about: which rule judged is known by its type, and stored by its name.</summary>
interface INamedRule
{
    /// <summary>The name, as it stands in verdicts and, where a plan can name the rule, in plans.</summary>
    static abstract string Name { get; }
}

static class NamedRule
{
    /// <summary>Whether a judgement is of this rule.</summary>
    public static bool IsOf<TRule>(this Judgement judgement)
        where TRule : INamedRule => judgement.Rule == TRule.Name;
}
