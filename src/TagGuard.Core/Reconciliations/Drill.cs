using System.Numerics;
using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Reconciliations;

/// <summary>One side of a comparison by key.</summary>
public sealed record KeyedSide(IKeyedSource Source, KeyedPart Part)
{
    public Task<Buckets> BucketsAsync(int buckets, CancellationToken cancellationToken) => Source.BucketsAsync(Part, buckets, cancellationToken);
}

/// <summary>What was found by drilling down to keys.</summary>
/// <param name="Missing">Keys that only the left side has.</param>
/// <param name="Extra">Keys that only the right side has.</param>
/// <param name="Different">Keys that both have, with other values or another number of rows.</param>
/// <param name="LeftRepeats">Rows that repeat a key on the left side, in the buckets that were searched.</param>
/// <param name="RightRepeats">The same on the right side.</param>
/// <param name="Differing">Buckets that differ.</param>
/// <param name="Searched">Those whose rows were compared; fewer than <paramref name="Differing"/> when they hold too many.</param>
/// <param name="Keys">Keys of each kind, up to the limit, in the order of their bytes.</param>
/// <param name="Asked">The questions.</param>
public sealed record Drilled(
    long Missing,
    long Extra,
    long Different,
    long LeftRepeats,
    long RightRepeats,
    int Differing,
    int Searched,
    IReadOnlyList<Difference> Keys,
    string Asked)
{
    /// <summary>Why they differ, where it shows.</summary>
    public DifferenceCauses Causes { get; init; } = DifferenceCauses.None;

    /// <summary>Keys that only the left side has, and that the right one has as well when upper and lower case are the same.</summary>
    public long InOtherCase { get; init; }
}

/// <summary>
/// From counts and checksums of buckets down to the keys that differ. Only the rows of differing buckets are read, and they are streamed: memory is
/// that of the buckets and of the keys that are kept.
/// </summary>
/// <remarks>
/// The ladder of data-diff (counts, checksums of segments, rows), with buckets of a hash in place of ranges of the key: gaps and skew of the keys do
/// not matter, nor how an engine orders them, and one pass over each table is enough: github.com/datafold/data-diff, docs/technical-explanation.md.
/// </remarks>
/// <param name="left">What is taken as right.</param>
/// <param name="right">What should hold the same.</param>
/// <param name="limit">Keys of each kind that are kept.</param>
/// <param name="dateEnd">The end of the business date: what was written before is of an earlier sync.</param>
public sealed class Drill(KeyedSide left, KeyedSide right, int limit, DateTimeOffset dateEnd)
{
    /// <summary>Buckets when nobody counted the rows: right for some ten million, and no harm to a small table, of which most stay empty.</summary>
    public const int UsualBuckets = 1 << 14;

    /// <summary>Rows of a side that are compared one by one; above it, some of the differing buckets stand for all.</summary>
    public const long MostRows = 1_000_000;

    const int FewestBuckets = 16;
    const int MostBuckets = 1 << 16;
    const int RowsOfBucket = 1024;

    /// <summary>How many buckets are right for a table: a power of two, about 1,000 rows in each.</summary>
    public static int BucketsFor(long rows) =>
        (int)Math.Clamp(BitOperations.RoundUpToPowerOf2((ulong)Math.Max(rows, 1) / RowsOfBucket), FewestBuckets, MostBuckets);

    /// <param name="lefts">The left side's buckets.</param>
    /// <param name="rights">The right side's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SourceException">A side does not answer.</exception>
    public async Task<Drilled> RunAsync(Buckets lefts, Buckets rights, CancellationToken cancellationToken)
    {
        var differing = Enumerable.Range(0, lefts.All.Count).Where(i => lefts.All[i] != rights.All[i]).ToList();
        var found = new Found(limit, new CauseSearch(SqlField.IsSql(left.Part.Key), dateEnd.ToUnixTimeMilliseconds()));
        if (differing.Count == 0)
            return found.Result(0, 0, "");
        var choice = new BucketChoice(lefts.All.Count, Chosen(differing, lefts, rights));
        var (leftRows, rightRows) = (
            await left.Source.RowsAsync(left.Part, choice, cancellationToken),
            await right.Source.RowsAsync(right.Part, choice, cancellationToken));
        await foreach (var pair in KeyMerge.PairsAsync(leftRows.Rows, left.Source.Name, rightRows.Rows, right.Source.Name, cancellationToken))
            found.Add(pair);
        return found.Result(differing.Count, choice.Chosen.Count, $"{leftRows.Asked}\n{rightRows.Asked}");
    }

    /// <summary>As many as hold no more rows than are read. A hash has no order, so the first are as good a sample as any.</summary>
    static List<int> Chosen(List<int> differing, Buckets lefts, Buckets rights)
    {
        var rows = 0L;
        var chosen = differing.TakeWhile(i => (rows += Math.Max(lefts.All[i].Rows, rights.All[i].Rows)) <= MostRows).ToList();
        return chosen.Count > 0 ? chosen : differing[..1];
    }

    sealed class Found(int limit, CauseSearch causes)
    {
        readonly long[] _counts = new long[3];
        readonly List<Difference> _keys = [];
        readonly OtherCase _otherCase = new();
        long _leftRepeats, _rightRepeats;

        public void Add(in KeyPair pair)
        {
            causes.Add(pair);
            _leftRepeats += Math.Max(pair.Left.Rows - 1, 0);
            _rightRepeats += Math.Max(pair.Right.Rows - 1, 0);
            if (pair.Difference is not { } kind)
                return;
            _otherCase.Add(kind, pair.Key);
            if (_counts[(int)kind]++ < limit)
                _keys.Add(Difference.Of(kind, pair.Key));
        }

        public Drilled Result(int differing, int searched, string asked) =>
            new(_counts[0], _counts[1], _counts[2], _leftRepeats, _rightRepeats, differing, searched, _keys, asked)
            {
                Causes = causes.Found(_keys),
                InOtherCase = _otherCase.Count,
            };
    }
}
