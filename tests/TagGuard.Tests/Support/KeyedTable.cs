using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TagGuard.Adapters.DuckDb;
using TagGuard.Reconciliations;
using TagGuard.Sources;

namespace TagGuard.Tests.Support;

/// <summary>Rows in memory, hashed as <see cref="IKeyedSource"/> says: what every engine is held to.</summary>
sealed class KeyedTable(string name, params (string? Key, string?[] Values)[] rows) : IKeyedSource
{
    public string Name => name;

    public KeyedPart Part { get; } = new(new TablePart("t", null, null, null), "id", []);

    public KeyedSide Side => new(this, Part);

    /// <summary>What a question meets in place of an answer.</summary>
    public SourceException? Fault { get; set; }

    public static KeyedRow Row(string? key, params string?[] values)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(values.Prepend(key).Select(text => text is null ? "-" : FormattableString.Invariant($"{Encoding.UTF8.GetByteCount(text)}:{text}"))));
#pragma warning disable CA5350 // Nothing is kept secret by it.
        var sha = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA1.HashData(bytes)));
#pragma warning restore CA5350
        return new KeyedRow(key is null ? null : Encoding.UTF8.GetBytes(key), ((ulong)Crc32.Of(sha) << 32) | Crc32.Of(bytes));
    }

    public static int BucketOf(byte[]? key, int buckets) => (int)(Crc32.Of(key) & (uint)(buckets - 1));

    public string Question(TablePart part) => "count " + name;

    public string Question(KeyedPart part, int buckets) => string.Create(CultureInfo.InvariantCulture, $"{buckets} buckets of {name}");

    public Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken) => Answer(new Counted(rows.Length, Question(part)));

    public Task<Buckets> BucketsAsync(KeyedPart part, int buckets, CancellationToken cancellationToken)
    {
        var all = new Bucket[buckets];
        foreach (var row in Rows())
        {
            ref var bucket = ref all[BucketOf(row.Key, buckets)];
            bucket = new Bucket(bucket.Rows + 1, bucket.Checksum + row.Check);
        }
        return Answer(new Buckets(all, Question(part, buckets)));
    }

    public Task<KeyedRows> RowsAsync(KeyedPart part, BucketChoice choice, CancellationToken cancellationToken)
    {
        var chosen = choice.Chosen.ToHashSet();
        var found = Rows().Where(row => chosen.Contains(BucketOf(row.Key, choice.Of))).ToList();
        found.Sort((one, other) => one.Key is null || other.Key is null ? (one.Key is null ? 0 : 1) - (other.Key is null ? 0 : 1) : one.Key.AsSpan().SequenceCompareTo(other.Key));
        return Answer(new KeyedRows(found.ToAsyncEnumerable(), "rows of " + name));
    }

    public Task<string> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult("well");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    IEnumerable<KeyedRow> Rows() => rows.Select(row => Row(row.Key, row.Values));

    Task<T> Answer<T>(T answer) => Fault is null ? Task.FromResult(answer) : Task.FromException<T>(Fault);
}

/// <summary>Two sources by name.</summary>
sealed class TwoSources(params ISource[] sources) : ISources
{
    public T Get<T>(string name) where T : ISource => (T)sources.Single(source => source.Name == name);

    public Task CloseAsync() => Task.CompletedTask;

    public void Abandon()
    {
    }
}
