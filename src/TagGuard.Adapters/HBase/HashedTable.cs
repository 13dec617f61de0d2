using TagGuard.Adapters.Sources;
using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Adapters.HBase;

/// <summary>The rows of a table, hashed here: HBase counts and hashes nothing itself, so its rows come over the line, with no more than the columns
/// that are compared.</summary>
/// <param name="gateways">Whom to ask.</param>
/// <param name="part">What is compared.</param>
/// <param name="options">How it is read.</param>
/// <param name="clock">The clock.</param>
sealed class HashedTable(Gateways gateways, KeyedPart part, ScanOptions options, TimeProvider clock)
{
    readonly KeyText _key = Key(gateways, part);

    ScanScope Scope => ScanScope.Of(part.Part, keysOnly: part.Columns.Count == 0);

    public static string Question(KeyedPart part) => $"hashed by {part.Key}{string.Concat(part.Columns.Select(column => $", {column}"))}";

    public async Task<Bucket[]> BucketsAsync(int buckets, CancellationToken cancellationToken)
    {
        var all = new Bucket[buckets];
        var regions = await ReadAsync<Bucket[]>(
            _ =>
            {
                var (text, own) = (Text(), new Bucket[buckets]);
                return ((key, row) => RowHash.AddTo(own, text.Of(key, row)), own);
            },
            cancellationToken);
        foreach (var own in regions)
        {
            for (var i = 0; i < buckets; i++)
                all[i] = new Bucket(all[i].Rows + own[i].Rows, unchecked(all[i].Checksum + own[i].Checksum));
        }
        return all;
    }

    public async Task<IReadOnlyList<KeyedRow>> RowsAsync(BucketChoice choice, CancellationToken cancellationToken)
    {
        var isChosen = RowHash.Chosen(choice);
        var regions = await ReadAsync<List<KeyedRow>>(
            _ =>
            {
                var (text, own) = (Text(), new List<KeyedRow>());
                return ((key, row) =>
                {
                    var one = text.Of(key, row);
                    if (isChosen[RowHash.BucketOf(one.Key, isChosen.Length)])
                        own.Add(one);
                }, own);
            },
            cancellationToken);
        var rows = regions.SelectMany(own => own).ToList();
        if (!_key.IsInOrder)
            rows.Sort((one, other) => one.Key.AsSpan().SequenceCompareTo(other.Key));
        return rows;
    }

    async Task<IReadOnlyList<T>> ReadAsync<T>(Func<KeyRange, (TakeRow, T)> begin, CancellationToken cancellationToken)
    {
        var scan = new TableScan(gateways, Scope, options, clock);
        await scan.CheckAsync(part.Columns.Select(column => column.Split(':')[0]), cancellationToken);
        return await scan.ReadAsync(begin, null, cancellationToken);
    }

    RowText Text() => new(_key, part.Columns);

    static KeyText Key(Gateways gateways, KeyedPart part)
    {
        try
        {
            return part.Columns.FirstOrDefault(column => column.IndexOf(':', StringComparison.Ordinal) <= 0) is { } wrong
                ? throw new FormatException($"`{wrong}` is no column of HBase: write family:qualifier. {Measurement.Missed.PlanCure}")
                : KeyText.Of(part.Key);
        }
        catch (FormatException fault)
        {
            throw new SourceException(gateways.Name, gateways.Address, fault.Message, Question(part), fault);
        }
    }
}
