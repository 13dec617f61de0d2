using TagGuard.Facts;

namespace TagGuard.Storage;

/// <summary>Verdicts of one rule on tags or families that passed. They are stored as their number, for each can be judged again; a checksum shows
/// whether what is judged again is what was judged.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Metric">What the series count.</param>
/// <param name="Rule">The rule's kind.</param>
/// <param name="Finding">What was found; nearly always <see cref="Facts.Finding.Normal"/>.</param>
/// <param name="Count">How many verdicts there are, each of another series.</param>
/// <param name="Checksum">Of every number of theirs, to the last bit, in whatever order.</param>
/// <param name="Keys">Keys in order: of the series that passed, or of those that did not.</param>
/// <param name="AreLeftOut">Whether the keys are those of the measured series that are not among the verdicts: mostly these are fewer.</param>
public sealed record Passes(
    string Check, string Metric, string Rule, Finding Finding, int Count, long Checksum, IReadOnlyList<string> Keys, bool AreLeftOut)
{
    readonly HashSet<string> _keys = Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a series that was measured passed.</summary>
    public bool Have(SeriesId measured) =>
        measured.Check == Check && measured.Metric == Metric && measured.Key.Length > 0 && _keys.Contains(measured.Key) != AreLeftOut;

    /// <summary>Whether the same verdicts came out again.</summary>
    public bool AreSame(Passes again) =>
        (Check, Metric, Rule, Finding, Count, Checksum, AreLeftOut) ==
        (again.Check, again.Metric, again.Rule, again.Finding, again.Count, again.Checksum, again.AreLeftOut)
        && Keys.SequenceEqual(again.Keys, StringComparer.Ordinal);

    /// <summary>What of a check's verdicts is stored as a number, in the order of the verdicts, and what is stored one by one.</summary>
    public static PassesOfCheck Of(IReadOnlyList<Measurement> measurements, IReadOnlyList<Judgement> judgements)
    {
        var measured = measurements
            .OfType<Measurement.Taken>().Select(taken => taken.Series).Where(series => series.IsTag || series.IsFamily).ToHashSet();
        var (turns, others) = (new List<Turn>(), new List<Judgement>());
        foreach (var judgement in judgements)
        {
            if (judgement.Verdict != Verdict.Pass || !measured.Contains(judgement.Series))
                others.Add(judgement);
            else if (turns.Find(turn => turn.IsOf(judgement) && turn.Add(judgement)) is null)
                turns.Add(new Turn(judgement));
        }
        return new PassesOfCheck([.. turns.Select(turn => (turn.Passes(measured), turn.Judgements))], others);
    }

    /// <summary>Verdicts of one rule and finding: where a check has a rule twice, those of a series are in different turns.</summary>
    sealed class Turn
    {
        readonly HashSet<SeriesId> _series = [];
        readonly List<Judgement> _judgements = [];
        long _checksum;

        public Turn(Judgement first) => Add(first);

        public IReadOnlyList<Judgement> Judgements => _judgements;

        Judgement First => _judgements[0];

        public bool IsOf(Judgement judgement) =>
            First.Finding == judgement.Finding && First.Rule == judgement.Rule && First.Series.Metric == judgement.Series.Metric;

        public bool Add(Judgement judgement)
        {
            if (!_series.Add(judgement.Series))
                return false;
            _judgements.Add(judgement);
            _checksum += ChecksumOf(judgement);
            return true;
        }

        public Passes Passes(HashSet<SeriesId> measured)
        {
            var others = measured.Where(series => series.Metric == First.Series.Metric && !_series.Contains(series)).ToList();
            var areLeftOut = others.Count <= _series.Count;
            var keys = (areLeftOut ? others : (IEnumerable<SeriesId>)_series).Select(series => series.Key).Order(StringComparer.Ordinal);
            return new Passes(
                First.Series.Check, First.Series.Metric, First.Rule, First.Finding, _judgements.Count, _checksum, [.. keys], areLeftOut);
        }
    }

    /// <summary>Of the numbers, not of the words: these follow from them, and may be improved.</summary>
    static long ChecksumOf(Judgement judgement)
    {
        var hash = judgement.Blocking ? 1UL : 2UL;
        foreach (var letter in judgement.Series.Key)
            hash = (hash ^ letter) * 0x100000001b3;
        foreach (var number in (ReadOnlySpan<double?>)[judgement.Value, judgement.Expected, judgement.Low, judgement.High])
            hash = Mixed(hash ^ (number is { } known ? (ulong)BitConverter.DoubleToInt64Bits(known) : 0x7ff4_0000_0000_0001));
        return (long)hash;
    }

    /// <summary>Each bit depends on all (the end of SplitMix64): sums of what is mixed so do not cancel out.</summary>
    static ulong Mixed(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
        return bits ^ (bits >> 31);
    }
}

/// <summary>A check's verdicts.</summary>
/// <param name="Passed">Those that are stored as their number, with the verdicts themselves.</param>
/// <param name="Others">Those that are stored one by one, in their order.</param>
public sealed record PassesOfCheck(IReadOnlyList<(Passes Passes, IReadOnlyList<Judgement> Judgements)> Passed, IReadOnlyList<Judgement> Others);
