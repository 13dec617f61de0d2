using TagGuard.Facts;
using TagGuard.Measurements;
using TagGuard.Sources;

namespace TagGuard.SourceContracts;

/// <summary>What every source of paths keeps, and what the measurement `path` makes of it.</summary>
public abstract class PathContract
{
    protected const string Day = "data_date=20260203";

    static readonly DateTimeOffset Now = new(2026, 2, 4, 8, 0, 0, TimeSpan.Zero);

    static readonly BusinessDay Date = new(new DateOnly(2026, 2, 3), TimeZoneInfo.Utc);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A source that sees what <see cref="WriteAsync"/> writes.</summary>
    protected abstract Task<IPathSource> OpenAsync();

    /// <summary>Where <see cref="WriteAsync"/> writes, as the source names it; begins with a slash.</summary>
    protected abstract string Root { get; }

    /// <summary>Writes a file, and makes the folders on the way.</summary>
    protected abstract Task WriteAsync(string path, string text);

    /// <summary>Sets the time of a file or folder.</summary>
    protected abstract Task TouchAsync(string path, DateTimeOffset modified);

    protected abstract Task MakeFolderAsync(string path);

    [Fact]
    public async Task AFileAFolderAndNothingAreToldApart()
    {
        await using var source = await OpenAsync();
        await PutAsync("a/file", 60, "12345");

        Assert.Equal(new PathInfo($"{Root}/a/file", false, 5, Now.AddMinutes(-60)), await source.FindAsync($"{Root}/a/file", Token));
        Assert.True((await source.FindAsync($"{Root}/a", Token))!.IsFolder);
        Assert.Null(await source.FindAsync($"{Root}/none", Token));
        Assert.Null(await source.FindAsync($"{Root}/none/below", Token));
        Assert.Null(await source.ListAsync($"{Root}/none", Token));
        Assert.Null(await source.ListAsync($"{Root}/a/file", Token));
    }

    [Fact]
    public async Task EveryEntryOfAFolderIsListedOnce()
    {
        await using var source = await OpenAsync();
        string[] names = ["_SUCCESS", ".hidden", "a b", "a+b", "a%3Ab", "a%b", "a&b=c;d", "日期", "é", "x#y", "part-0.parquet", "?", "\""];
        foreach (var name in names)
            await WriteAsync($"{Root}/odd/{name}", name);
        await MakeFolderAsync($"{Root}/odd/folder");

        var listed = (await source.ListAsync($"{Root}/odd", Token))!;

        Assert.Equal([.. names.Append("folder").Order(StringComparer.Ordinal)], listed.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Equal("folder", listed.Single(entry => entry.IsFolder).Name);
        // Whatever is listed is found by the path it is listed with.
        foreach (var entry in listed)
            Assert.Equal(entry, await source.FindAsync(entry.Path, Token));
    }

    [Fact]
    public async Task WhatTheSystemCountsItselfIsAllThatCanBeListed()
    {
        await using var source = await OpenAsync();
        await PutAsync($"{Day}/hour=00/part-0", 60, "12345");
        await PutAsync($"{Day}/_SUCCESS", 60, "");

        FolderContent?[] right = [null, new FolderContent(Files: 2, Folders: 1, Bytes: 5)];
        Assert.Contains(await source.ContentAsync($"{Root}/{Day}", Token), right);
        Assert.Null(await source.ContentAsync($"{Root}/none", Token));
    }

    [Fact]
    public async Task APartitionIsReadyWhenItsMarkerWasWritten()
    {
        await PutAsync($"{Day}/hour=00/part-0", 60);
        await PutAsync($"{Day}/part-1", 50);
        await AssertUnreadyAsync(Keys with { Marker = "_SUCCESS" }, "has no _SUCCESS.");
        await PutAsync($"{Day}/_SUCCESS", 40);

        var taking = await AssertReadyAsync(Keys with { Marker = "_SUCCESS", LeastFiles = 2, StableFor = TimeSpan.FromMinutes(5) }, 7 * 60 + 20);

        Assert.EndsWith("(2 files, 10 bytes; finished when _SUCCESS was written)", taking.Asked, StringComparison.Ordinal);
        await AssertUnreadyAsync(Keys with { Marker = "_SUCCESS", LeastFiles = 3 }, "holds 2 files, at least 3 required.");
        await AssertUnreadyAsync(Keys with { Marker = "_SUCCESS", LeastBytes = 11 }, "holds 10 bytes, at least 11 required.");
        await PutAsync($"{Day}/part-2", 30);
        await AssertUnreadyAsync(Keys with { Marker = "_SUCCESS" }, "part-2 was written after _SUCCESS");
    }

    [Fact]
    public async Task WithoutAMarkerTheNewestFileSaysWhenAndAllMustBeLeftAlone()
    {
        await PutAsync($"{Day}/hour=00/part-0", 20);
        await PutAsync($"{Day}/part-1", 50);
        var keys = Keys with { StableFor = TimeSpan.FromMinutes(15) };

        var taking = await AssertReadyAsync(keys, 7 * 60 + 40);

        Assert.EndsWith("(2 files, 10 bytes; finished when part-0 was written)", taking.Asked, StringComparison.Ordinal);
        // Neither a hidden file nor a file that is renamed into a folder, which keeps its time, is overlooked.
        await PutAsync($"{Day}/hour=00/_metadata", 10);
        await AssertUnreadyAsync(keys, "hour=00/_metadata changed 600 s ago, and must be left unchanged for 900 s.");
        await PutAsync($"{Day}/hour=00/_metadata", 30);
        await TouchAsync($"{Root}/{Day}/hour=00", Now.AddMinutes(-1));
        await AssertUnreadyAsync(keys, "hour=00 changed 60 s ago");
    }

    [Theory]
    [InlineData("_temporary/0")]
    [InlineData(".hive-staging_hive_2026-02-04_05-00-00_000_1-1")]
    [InlineData("hour=00/.spark-staging-3f")]
    public async Task WhatAJobLeavesWhileItWritesKeepsItUnready(string folder)
    {
        await PutAsync($"{Day}/part-1", 50);
        await PutAsync($"{Day}/_SUCCESS", 40);
        await MakeFolderAsync($"{Root}/{Day}/{folder}");
        await OldAsync($"{Root}/{Day}/{folder}");

        await AssertUnreadyAsync(Keys with { Marker = "_SUCCESS" }, "is there: a job still writes.");
        await AssertUnreadyAsync(Keys with { LeastFiles = 1 }, "is there: a job still writes.");
    }

    [Fact]
    public async Task AFolderThatWasMadeInAdvanceIsThereButNotReady()
    {
        await MakeFolderAsync($"{Root}/{Day}");
        await OldAsync($"{Root}/{Day}");

        await AssertReadyAsync(Keys, 6 * 60);
        await AssertUnreadyAsync(Keys with { StableFor = TimeSpan.FromSeconds(1) }, "holds 0 files, at least 1 required.");
        var tomorrow = Keys with { Path = new($"{Root}/data_date={{date+1:yyyyMMdd}}") };
        await AssertUnreadyAsync(tomorrow, "data_date=20260204 is not there.");
        await MakeFolderAsync($"{Root}/data_date=20260204");
        await OldAsync($"{Root}/data_date=20260204");
        await AssertReadyAsync(tomorrow, 6 * 60);
    }

    [Fact]
    public async Task AFileIsNotTakenForAFolder()
    {
        await PutAsync(Day, 50, "12345");

        await AssertReadyAsync(Keys with { LeastBytes = 5 }, 7 * 60 + 10);
        await AssertUnreadyAsync(Keys with { LeastBytes = 6 }, "has 5 bytes, at least 6 required.");
        await AssertUnreadyAsync(Keys with { Marker = "_SUCCESS" }, "is a file, and `marker` is about a folder.", mayCome: false);
    }

    PathMeasure Keys => new() { Connection = "paths", Path = new($"{Root}/data_date={{date:yyyyMMdd}}") };

    async Task PutAsync(string path, int minutesAgo, string text = "12345")
    {
        await WriteAsync($"{Root}/{path}", text);
        await TouchAsync($"{Root}/{path}", Now.AddMinutes(-minutesAgo));
        for (var folder = Path.GetDirectoryName($"{Root}/{path}")!; folder.Length > Root.Length; folder = Path.GetDirectoryName(folder)!)
            await OldAsync(folder);
    }

    /// <summary>Two hours ago.</summary>
    Task OldAsync(string path) => TouchAsync(path, Now.AddHours(-2));

    async Task<Taking> AssertReadyAsync(PathMeasure keys, double minutes)
    {
        var taking = await TakeAsync(keys);
        Assert.Equal(minutes, Assert.IsType<Measurement.Taken>(taking.Measurements.Single()).Value);
        return taking;
    }

    async Task AssertUnreadyAsync(PathMeasure keys, string told, bool mayCome = true)
    {
        var missed = Assert.IsType<Measurement.Missed>((await TakeAsync(keys)).Measurements.Single());
        Assert.Contains(told, missed.Reason, StringComparison.Ordinal);
        Assert.Equal(mayCome, missed.IsAbsent);
    }

    async Task<Taking> TakeAsync(PathMeasure keys)
    {
        Assert.Empty(keys.Mistakes());
        await using var source = await OpenAsync();
        return await keys.TakeAsync(new MeasureContext("check", Date, new OneSource(source), new Clock()), Token);
    }

    sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }

    sealed class OneSource(ISource source) : ISources
    {
        public T Get<T>(string name) where T : ISource => (T)source;

        public Task CloseAsync() => Task.CompletedTask;

        public void Abandon()
        {
        }
    }
}
