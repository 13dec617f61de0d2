using TagGuard.Sources;

namespace TagGuard.Adapters.Csv;

/// <summary>Counts flaws of one kind, and keeps the first of them.</summary>
sealed class Flaws
{
    const int MostKept = 10;

    readonly List<string> _first = [];

    public long Total { get; private set; }

    /// <param name="line">The line, from 1.</param>
    /// <param name="what">What is wrong; asked only for those that are kept.</param>
    public void Add(long line, Func<string> what)
    {
        if (Total++ < MostKept)
            _first.Add(FormattableString.Invariant($"line {line}: {what()}"));
    }

    public ExportFlaws Result => new(Total, _first);
}
