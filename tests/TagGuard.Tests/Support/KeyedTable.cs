using System.Globalization;
using TagGuard.Reconciliations;
using TagGuard.SourceContracts;
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

    public string Question(TablePart part) => "count " + name;

    public string Question(KeyedPart part, int buckets) => string.Create(CultureInfo.InvariantCulture, $"{buckets} buckets of {name}");

    /// <summary>How often it was counted.</summary>
    public int Counts { get; private set; }

    public Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken)
    {
        Counts++;
        return Answer(new Counted(rows.Length, Question(part)));
    }

    public Task<Buckets> BucketsAsync(KeyedPart part, int buckets, CancellationToken cancellationToken) =>
        Answer(new Buckets(RowHash.Buckets(Rows(), buckets), Question(part, buckets)));

    public Task<KeyedRows> RowsAsync(KeyedPart part, BucketChoice choice, CancellationToken cancellationToken)
    {
        var chosen = choice.Chosen.ToHashSet();
        var found = Rows().Where(row => chosen.Contains(RowHash.BucketOf(row.Key, choice.Of))).ToList();
        found.Sort(RowHash.Compare);
        return Answer(new KeyedRows(found.ToAsyncEnumerable(), "rows of " + name));
    }

    public Task<string> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult("well");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    IEnumerable<KeyedRow> Rows() => rows.Select(row => RowHash.Row(row.Key, row.Values));

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
