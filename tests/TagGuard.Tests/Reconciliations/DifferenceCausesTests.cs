using System.Globalization;
using System.Text;
using TagGuard.Facts;
using TagGuard.Reconciliations;
using TagGuard.Sources;

namespace TagGuard.Tests.Reconciliations;

/// <summary>What keys that differ tell of why they do.</summary>
public sealed class DifferenceCausesTests
{
    const long DateEnd = 3000;

    static readonly string[] Users = [.. Enumerable.Range(0, 4000).Select(i => $"U{i:00000}")];

    [Fact]
    public async Task ARangeOfKeysThatIsMissingIsASlice()
    {
        var causes = await CausesAsync(Users, Users.Where((_, i) => i is < 1000 or >= 1300));

        Assert.Equal([new MissingSlice("U01000", "U01299", 300)], causes.Slices);
        Assert.Null(causes.Lost);
    }

    [Fact]
    public async Task KeysThatAreMissingHereAndThereAreNoSliceAndNoPart()
    {
        var random = new Random(1);
        var causes = await CausesAsync(Users, Users.Where(_ => random.Next(40) > 0));

        Assert.Equal(DifferenceCauses.None with { Slices = causes.Slices }, causes);
        Assert.Empty(causes.Slices);
    }

    [Theory]
    [InlineData("murmur3", 16, 3)]
    [InlineData("java", 10, 7)]
    public async Task APartOfTheSyncsOwnPartitioningIsNamed(string by, int parts, int part)
    {
        var causes = await CausesAsync(Users, Users.Where(user => Part(by, user, parts) != part));

        Assert.Equal(new LostBucket(by, part, parts), causes.Lost);
        Assert.Empty(causes.Slices);
    }

    [Fact]
    public void SparksHashIsSparks() =>
        // org.apache.spark.unsafe.hash.Murmur3_x86_32 of Spark 3.5.7 gave these.
        Assert.Equal([142593372, 142673523], [(int)LostBuckets.Murmur3([]), (int)LostBuckets.Murmur3("U00000"u8.ToArray())]);

    [Fact]
    public async Task RowsThatShareARowKeyCollapse()
    {
        var left = Users.Take(500).Concat(Users.Take(20));

        Assert.Equal(20, (await CausesAsync(left, Users.Take(500), isMadeKey: true)).Collapsed);
    }

    [Fact]
    public async Task RowsThatRepeatAColumnRepeatUsersAndBlameNoRowKey()
    {
        var left = Users.Take(500).Concat(Users.Take(20));

        Assert.Equal(0, (await CausesAsync(left, Users.Take(500))).Collapsed);
    }

    [Theory]
    [InlineData("spaces")]
    [InlineData("zeros")]
    [InlineData("prefix")]
    [InlineData("encoding")]
    public async Task KeysInAnotherWritingAreFoundAgain(string by)
    {
        var left = Enumerable.Range(0, 100).Select(i => i.ToString(by == "encoding" ? "é000é" : "0000'a'", CultureInfo.InvariantCulture)).ToList();
        var right = left.Select(key => by switch
        {
            "spaces" => key + " ",
            "zeros" => key.TrimStart('0'),
            "prefix" => "7f_" + key,
            _ => key.Replace("é", "\uFFFD\uFFFD", StringComparison.Ordinal),
        });

        Assert.Equal(by, (await CausesAsync(left, right)).Renamed?.By);
    }

    [Fact]
    public async Task RowsThatWereAllWrittenBeforeTheOthersAreLeftOver()
    {
        var causes = await CausesAsync(Users.Skip(10), Users, user => string.CompareOrdinal(user, "U00010") < 0 ? 1000 : 5000);

        Assert.Equal(new StaleRows(10, 1000, 5000), causes.Stale);
        Assert.Null((await CausesAsync(Users.Skip(10), Users, _ => 1000)).Stale);
        Assert.Null((await CausesAsync(Users.Skip(10), Users)).Stale);
    }

    [Fact]
    public async Task TheSyncStartedWithTheOldestRowsThatWereWrittenAfterTheDate()
    {
        var causes = await CausesAsync(Users, Users.Skip(1), user => user switch { "U00001" => 2000, "U00002" or "U00003" => 4000, _ => 5000 });

        Assert.Equal(5000, causes.SyncStarted);
        Assert.Null((await CausesAsync(Users, Users.Skip(1), _ => 2000)).SyncStarted);
        Assert.Null((await CausesAsync(Users, Users.Skip(1))).SyncStarted);
    }

    static async Task<DifferenceCauses> CausesAsync(
        IEnumerable<string> left, IEnumerable<string> right, Func<string, long>? written = null, bool isMadeKey = false)
    {
        var search = new CauseSearch(isMadeKey, DateEnd);
        var keys = new List<Difference>();
        var pairs = KeyMerge.PairsAsync(Rows(left, null), "left", Rows(right, written), "right", TestContext.Current.CancellationToken);
        await foreach (var pair in pairs)
        {
            search.Add(pair);
            if (pair.Difference is { } kind)
                keys.Add(Difference.Of(kind, pair.Key));
        }
        return search.Found(keys);
    }

    static IAsyncEnumerable<KeyedRow> Rows(IEnumerable<string> keys, Func<string, long>? written) => keys
        .Select(key => new KeyedRow(Encoding.UTF8.GetBytes(key), 1) { Written = written?.Invoke(key) ?? 0 })
        .OrderBy(row => Encoding.UTF8.GetString(row.Key!), StringComparer.Ordinal)
        .ToAsyncEnumerable();

    static int Part(string by, string user, int parts)
    {
        var hash = by == "java"
            ? user.Aggregate(0, (sum, letter) => unchecked(31 * sum + letter))
            : (int)LostBuckets.Murmur3(Encoding.UTF8.GetBytes(user));
        return (hash % parts + parts) % parts;
    }
}
