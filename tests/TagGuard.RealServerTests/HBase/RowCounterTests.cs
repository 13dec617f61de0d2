using TagGuard.Adapters.HBase;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.HBase;

/// <summary>HBase's distributed job, started by a command.</summary>
[Collection("HBase")]
public sealed class RowCounterTests(Engines engines) : HBaseTables(engines)
{
    static readonly RowScan All = new(null, null, null, null, null);

    static RowCounterPlan RealJob => new() { Command = [Engines.Script, "hbase", "org.apache.hadoop.hbase.mapreduce.RowCounter"] };

    TablePart Part => new(Table, null, null, null);

    [Fact]
    public async Task TheJobCountsWhatTheGatewayCounts()
    {
        await Tool.CreateAsync(Table, "00500");
        await Tool.FillAsync(Table, 0, 1000, "%05d");
        var plan = Plan() with { Method = CountMethod.Rowcounter, Rowcounter = RealJob };

        var counted = await CountAsync(plan, Part);
        var some = await CountAsync(plan, Part with { Scan = All with { Prefix = "000" } });

        Assert.Equal((1000, 100), (counted.Rows, some.Rows));
        Assert.Contains($"RowCounter {Table}", counted.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASmallTableIsCountedThroughTheGatewayAndItIsSaidWhy()
    {
        await Tool.CreateAsync(Table, "00500");
        await Tool.FillAsync(Table, 0, 10, "%05d");

        var counted = await CountAsync(Plan() with { Method = CountMethod.Auto, Rowcounter = RealJob }, Part);

        Assert.Equal(10, counted.Rows);
        Assert.Contains("(through the gateways, for it has 2 regions of ", counted.Asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo ROWS=17", 17L)]
    [InlineData("echo '  Map input records=0'", 0L)]
    [InlineData("echo ROWS=1; echo 'INFO mapreduce.Job: Job job_local_0001 completed successfully'; echo ROWS=2", 2L)]
    [InlineData("echo '  Map input records=0'; echo 'INFO mapreduce.Job: Job job_local_0001 completed successfully'", null)]
    [InlineData("echo done", null)]
    [InlineData("echo ROWS=1; echo ROWS=2", null)]
    [InlineData("echo ROWS=17 of many", null)]
    [InlineData("echo ROWS=17; exit 1", null)]
    public async Task WhatIsNotOneNumberIsNoCount(string script, long? rows)
    {
        await Tool.CreateAsync(Table);
        var file = Path.Combine(Path.GetTempPath(), $"{Table}.sh");
        await File.WriteAllTextAsync(file, script, Token);
        try
        {
            var plan = Plan() with { Method = CountMethod.Rowcounter, Rowcounter = new() { Command = ["sh", file] } };
            if (rows is null)
                await Assert.ThrowsAsync<SourceException>(() => CountAsync(plan, Part));
            else
                Assert.Equal(rows, (await CountAsync(plan, Part)).Rows);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
