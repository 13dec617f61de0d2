using System.Globalization;
using TagGuard.Facts;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.HBase;

/// <summary>Rows of the real HBase, each counted once.</summary>
[Collection("HBase")]
public sealed class HBaseCountTests(Engines engines) : HBaseTables(engines)
{
    static readonly RowScan All = new(null, null, null, null, null);

    [Fact]
    public async Task EveryRowOfFourRegionsIsCountedOnce()
    {
        await Tool.CreateAsync(Table, "30000", "60000", "90000");
        await Tool.FillAsync(Table, 0, 100_000, "%05d");
        await Tool.FillAsync(Table, 0, 1000, "%05d", "g:b");
        var told = new List<ScanProgress>();

        var counted = await CountAsync(
            Plan(), new TablePart(Table, null, null, null), new Listener(told));

        Assert.Equal(100_000, counted.Rows);
        Assert.Contains("4 regions from ", counted.Asked, StringComparison.Ordinal);
        Assert.Equal(new ScanProgress(100_000, 4, 4, TimeSpan.Zero), told[^1]);
        Assert.Equal(told.Select(one => one.Rows).Order(), told.Select(one => one.Rows));
    }

    [Fact]
    public async Task EmptyRegionsAmongTwoHundredAreProvenEmpty()
    {
        await Tool.CreateAsync(Table, [.. Enumerable.Range(1, 199).Select(i => (i * 100).ToString("00000", CultureInfo.InvariantCulture))]);
        await Tool.FillAsync(Table, 3000, 3500, "%05d");
        await Tool.FillAsync(Table, 12_345, 15_000, "%05d");

        Assert.Equal(500 + 2655, (await CountAsync()).Rows);
    }

    [Fact]
    public async Task AnEmptyTableHasNoRows()
    {
        await Tool.CreateAsync(Table, "a", "b", "\u00e9");

        Assert.Equal(0, (await CountAsync()).Rows);
    }

    [Fact]
    public async Task DeletedAndExpiredRowsAreNotCounted()
    {
        await Tool.CreateAsync(Table, 3600, "00500");
        await Tool.FillAsync(Table, 0, 1000, "%05d");
        await Tool.FillAsync(Table, 1000, 1100, "%05d", written: TimeProvider.System.GetUtcNow().AddHours(-2));
        await Tool.RunAsync("delete", Table, "490", "510", "%05d");
        await Tool.RunAsync("flush", Table);
        await Tool.RunAsync("delete", Table, "0", "10", "%05d");

        Assert.Equal(1000 - 20 - 10, (await CountAsync()).Rows);
    }

    [Fact]
    public async Task KeysOfEveryByteAndOfTheLongestThatTheServerTakesAreCounted()
    {
        await Tool.CreateAsync(Table, "0", "\x7f");
        for (var one = 0; one < 256; one++)
            await Tool.PutAsync(Table, [(byte)one, .. Enumerable.Repeat((byte)(255 - one), 1 + one)]);
        await Tool.PutAsync(Table, [0]);
        await Tool.PutAsync(Table, [0, 0]);
        for (var i = 0; i < 40; i++)
            await Tool.PutAsync(Table, [255, .. Enumerable.Repeat((byte)i, 32_766)]);
        // HConstants.MAX_ROW_LENGTH: no key of 100 KB can be there.
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Tool.PutAsync(Table, new byte[100 << 10]));

        Assert.Contains("> 32767", refused.Message, StringComparison.Ordinal);
        Assert.Equal(256 + 2 + 40, (await CountAsync()).Rows);
        Assert.Equal(41, (await CountAsync(All with { Prefix = @"\xFF" })).Rows);
        Assert.Equal(1 + 2, (await CountAsync(All with { Prefix = @"\x00" })).Rows);
        Assert.Equal(16, (await CountAsync(All with { From = @"\x80", To = @"\x90" })).Rows);
    }

    [Fact]
    public async Task APrefixAFamilyAndATimeLimitTheRows()
    {
        var now = TimeProvider.System.GetUtcNow();
        await Tool.CreateAsync(Table, "u2", "v");
        await Tool.FillAsync(Table, 0, 3000, "u%04d", written: now.AddHours(-3));
        await Tool.FillAsync(Table, 500, 520, "u%04d", "g:b", written: now.AddHours(-1));
        await Tool.FillAsync(Table, 0, 7, "w%04d");

        Assert.Equal(3007, (await CountAsync()).Rows);
        Assert.Equal(3000, (await CountAsync(All with { Prefix = "u" })).Rows);
        Assert.Equal(1000, (await CountAsync(All with { From = "u1500", To = "u2500" })).Rows);
        Assert.Equal(20, (await CountAsync(All with { Family = "g" })).Rows);
        Assert.Equal(27, (await CountAsync(All with { Since = now.AddHours(-2) })).Rows);
        Assert.Equal(0, (await CountAsync(All with { Prefix = "x" })).Rows);
    }

    [Fact]
    public async Task WhatIsNotThereIsToldWithItsCure()
    {
        var absent = await FaultAsync();
        Assert.True(absent.IsAbsent, absent.Message);
        Assert.Contains($"Table {Table} is not there.", absent.Message, StringComparison.Ordinal);

        await Tool.CreateAsync(Table);
        var family = await FaultAsync(All with { Family = "nope" });
        Assert.False(family.IsAbsent || family.IsTransient, family.Message);
        Assert.Contains($"no column family nope; it has f, g. {Measurement.Missed.PlanCure}", family.Message, StringComparison.Ordinal);

        await Tool.RunAsync("disable", Table);
        var disabled = await Assert.ThrowsAsync<SourceException>(
            () => CountAsync(Plan() with { RetryFor = TimeSpan.FromSeconds(1) }, new TablePart(Table, null, null, null)));
        Assert.Contains("its table is disabled", disabled.Message, StringComparison.Ordinal);

        var down = await Assert.ThrowsAsync<SourceException>(
            () => CountAsync(Plan("http://127.0.0.1:1") with { RetryFor = TimeSpan.Zero }, new TablePart(Table, null, null, null)));
        Assert.True(down.IsTransient, down.Message);
        Assert.Contains("Connection refused", down.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABudgetOfRowsIsKept()
    {
        await Tool.CreateAsync(Table, "00500");
        await Tool.FillAsync(Table, 0, 1000, "%05d");
        var began = TimeProvider.System.GetTimestamp();

        var counted = await CountAsync(Plan() with { RowsPerSecond = 500 }, new TablePart(Table, null, null, null));

        Assert.Equal(1000, counted.Rows);
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task TheProbeNamesReleaseAndServers()
    {
        await using var source = Plan("http://127.0.0.1:1", Gateway).Open("hbase", "/", TimeProvider.System);

        var told = await source.ProbeAsync(Token);

        Assert.StartsWith("HBase 2.", told, StringComparison.Ordinal);
        Assert.Contains("1 region servers", told, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:1 is of no use now", told, StringComparison.Ordinal);
    }

    sealed class Listener(List<ScanProgress> told) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value) => told.Add(value);
    }
}
