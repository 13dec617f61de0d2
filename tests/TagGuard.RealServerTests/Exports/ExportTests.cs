using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Exports;

/// <summary>What every connection to files for others keeps, on a server of its kind.</summary>
public abstract class ExportTests : IAsyncLifetime
{
    /// <summary>More than a buffer, so that it can be cut in the middle.</summary>
    protected const int ManyRows = 200_000;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The folder of this machine that the server shows as its own.</summary>
    protected abstract string Out { get; }

    /// <param name="timeout">How long an answer may take.</param>
    protected abstract ISource Open(TimeSpan? timeout = null);

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task AWholeFileIsReadToItsLastRecordAndItsTimeIsTheServers()
    {
        await WriteAsync("x.csv", Rows(ManyRows));
        File.SetLastWriteTimeUtc(At("x.csv"), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        await using var source = (IExportSource)Open();

        var facts = await ReadAsync(source, "x.csv");

        Assert.Equal((ManyRows, true), (facts.Rows, facts.IsSettled));
        Assert.Equal(["userid", "phone"], facts.Header);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), facts.Modified);
    }

    [Theory]
    [InlineData("none.csv")]
    [InlineData("none/x.csv")]
    [InlineData("none/below/x.csv")]
    public async Task AFileThatIsNotThereIsAbsent(string path)
    {
        await using var source = (IExportSource)Open();

        var fault = await Assert.ThrowsAsync<SourceException>(() => ReadAsync(source, path));

        Assert.True(fault.IsAbsent, fault.Message);
        Assert.Contains($"{path} is not there.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileThatMayNotBeReadIsNotTakenForAbsent()
    {
        await WriteAsync("secret.csv", Rows(3));
        await Shell.RunAsync(Out, null, "chmod", "400", At("secret.csv"));
        Directory.CreateDirectory(At("closed"));
        await WriteAsync("closed/x.csv", Rows(3));
        await Shell.RunAsync(Out, null, "chmod", "400", At("closed"));
        await using var source = (IExportSource)Open();

        foreach (var path in new[] { "secret.csv", "closed/x.csv" })
        {
            var fault = await Assert.ThrowsAsync<SourceException>(() => ReadAsync(source, path));
            Assert.False(fault.IsAbsent || fault.IsTransient, fault.Message);
            Assert.Contains("Let that user read", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AFileThatGrowsWhileItIsReadIsNotSettledAndNotCounted()
    {
        await WriteAsync("x.csv", Rows(ManyRows));
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await File.AppendAllTextAsync(At("x.csv"), "u,1\n", Token);
                await Task.Delay(5, Token);
            }
        }, Token);
        await using var source = Open();

        var facts = await ReadAsync((IExportSource)source, "x.csv");
        var fault = await Assert.ThrowsAsync<SourceException>(() => ((ICountSource)source).CountAsync(Part("x.csv"), Token));
        await stop.CancelAsync();
        await writing;

        Assert.False(facts.IsSettled);
        Assert.True(fault.IsTransient);
        Assert.Contains("is being written", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileIsCountedAndComparedByItsKeys()
    {
        await WriteAsync("x.csv", Rows(1000));
        await using var source = (IKeyedSource)Open();
        var part = new KeyedPart(Part("x.csv"), "userid", ["phone"]);

        var counted = await source.CountAsync(part.Part, Token);
        var buckets = await source.BucketsAsync(part, 16, Token);
        var rows = await (await source.RowsAsync(part, new BucketChoice(16, [3, 5]), Token)).Rows.ToListAsync(Token);

        Assert.Equal((1000, 1000), (counted.Rows, buckets.Rows));
        Assert.Equal(buckets.All[3].Rows + buckets.All[5].Rows, rows.Count);
        Assert.Equal(rows.OrderBy(row => row.Key, Comparer<byte[]?>.Create((a, b) => a.AsSpan().SequenceCompareTo(b))), rows);
    }

    [Fact]
    public async Task AChecksumOfAnotherFileIsToldAndOneThatIsWantedHasToBeThere()
    {
        await WriteAsync("x.csv", "userid,phone\n1,2\n");
        await WriteAsync("x.csv.md5", "34c2a0ca8ffb10c7b1e8ba1b01b7b5b1  out/x.csv\n");
        await using var source = (IExportSource)Open();

        var facts = await ReadAsync(source, "x.csv");
        var missing = await Assert.ThrowsAsync<SourceException>(() => ReadAsync(source, "x.csv", "x.csv.sha256"));

        Assert.Equal(1, facts.Checksum.Total);
        Assert.StartsWith("x.csv.md5 says 34c2a0ca8ffb10c7b1e8ba1b01b7b5b1, and the file's is ", facts.Checksum.First[0], StringComparison.Ordinal);
        Assert.True(missing.IsAbsent);
    }

    protected static Task<ExportFacts> ReadAsync(IExportSource source, string path, string? checksum = null) =>
        source.ReadExportAsync(new ExportQuery(path, CsvForm.Usual, 2, "userid", checksum), null, Token);

    protected static TablePart Part(string path) => new(path, null, null, null);

    protected static string Rows(int rows) =>
        "userid,phone\n" + string.Concat(Enumerable.Range(0, rows).Select(i => FormattableString.Invariant($"u{i},{i:D11}\n")));

    protected string At(string path) => Path.Combine(Out, path);

    protected Task WriteAsync(string path, string text) => File.WriteAllTextAsync(At(path), text, Token);
}
