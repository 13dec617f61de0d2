using TagGuard.Keys;

namespace TagGuard.Adapters.Yaml;

/// <summary>Gathers every mistake of a plan, so that all are told at once.</summary>
sealed class MistakeList(string file, Secrets secrets)
{
    readonly List<PlanMistake> _mistakes = [];

    public void Add(int line, int column, string message) => _mistakes.Add(new PlanMistake(file, line, column, message));

    /// <summary>A mistake in a file that the plan names.</summary>
    public void Add(string otherFile, int line, string message) => _mistakes.Add(new PlanMistake(otherFile, line, 1, message));

    /// <param name="at">Where it is.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="about">What the message was made of: secrets in it are shown as the plan writes them. The place itself when not given.</param>
    public void Add(Node at, string message, Node? about = null) => Add(at.Line, at.Column, secrets.Hide(about ?? at, message));

    public void ThrowIfAny()
    {
        if (_mistakes.Count > 0)
            throw new PlanException([.. _mistakes.Distinct().OrderBy(mistake => mistake.File == file ? "" : mistake.File, StringComparer.Ordinal)
                .ThenBy(mistake => mistake.Line).ThenBy(mistake => mistake.Column)]);
    }
}
