using TagGuard.Adapters.Files;
using TagGuard.Adapters.Footers;
using TagGuard.Facts;
using TagGuard.Measurements;
using TagGuard.Sources;
using TagGuard.Tests.DuckDb;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Footers;

/// <summary>A count from footers is that of a query, or there is none.</summary>
public sealed class FooterCountTests : IDisposable
{
    const string Day = "t/data_date=20260203";

    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-footers-").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("uncompressed")]
    [InlineData("snappy")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    [InlineData("brotli")]
    public async Task RowsOfAllFilesAreAddedUp(string codec)
    {
        Write($"{Day}/a.parquet", 5000, $", compression {codec}, row_group_size 2048");
        Write($"{Day}/b", 0, $", compression {codec}");
        Write($"{Day}/c.parquet", 1, $", compression {codec}");

        var counted = await CountAsync();

        Assert.Equal(5001, counted.Rows);
        Assert.EndsWith("/t/data_date=20260203/** (3 files of Parquet)", counted.Asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFooterThatIsLongerThanTheFirstReadIsReadWhole()
    {
        var columns = string.Join(", ", Enumerable.Range(0, 300).Select(i => $"range + {i} as quite_a_long_name_of_a_column_{i}"));
        Query($"{Day}/wide", $"select {columns} from range(5000)", ", row_group_size 2048");

        Assert.Equal(5000, (await CountAsync()).Rows);
    }

    [Fact]
    public async Task PartitionsBelowAreCountedAndHiddenNamesAreNot()
    {
        Write($"{Day}/hour=00/a", 5);
        Write($"{Day}/hour=01/site=x%3Ay/a", 7);
        Write($"{Day}/hour=01/site=b/_hidden", 100);
        Write($"{Day}/hour=01/site=b/.a.crc", 100);
        Write($"{Day}/_old/a", 100);
        Text($"{Day}/_SUCCESS", "");
        Write("t/data_date=20260204/a", 100);

        Assert.Equal(12, (await CountAsync()).Rows);
    }

    [Fact]
    public async Task AnEmptyPartitionHasNoRowsAndOneThatIsNotThereIsAbsent()
    {
        Directory.CreateDirectory(At("t/data_date=20260203"));

        Assert.Equal(0, (await CountAsync()).Rows);
        Directory.Delete(At("t/data_date=20260203"));
        Assert.True((await FaultAsync("is not there")).IsAbsent);
    }

    [Fact]
    public async Task OneFileIsCountedByItsName()
    {
        Write("t/all.parquet", 5);

        await using var source = Open();
        Assert.Equal(5, (await source.CountFootersAsync("t/all.parquet", Token)).Rows);
    }

    [Fact]
    public async Task AFileThatIsCutAnywhereIsRefused()
    {
        Write($"{Day}/good", 5);
        Write("whole", 50);
        var whole = await File.ReadAllBytesAsync(At("whole"), Token);

        for (var length = 0; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(At($"{Day}/cut"), whole[..length], Token);
            await FaultAsync(length == 0 ? "/cut is empty (0 bytes)" : "/cut does not end as a Parquet or ORC file");
        }
        await File.WriteAllBytesAsync(At($"{Day}/cut"), whole, Token);
        Assert.Equal(55, (await CountAsync()).Rows);
    }

    [Fact]
    public async Task AByteThatIsWrongInAFooterNeverMakesAnotherNumber()
    {
        Query($"{Day}/a", "select range as id, 'x' || range as name from range(5000)", ", row_group_size 2048");
        var whole = await File.ReadAllBytesAsync(At($"{Day}/a"), Token);
        var refused = 0;
        var footer = BitConverter.ToInt32(whole, whole.Length - 8);
        for (var at = whole.Length - 8 - footer; at < whole.Length; at++)
        {
            foreach (var flip in new byte[] { 1, 0x10, 0x80, 0xff })
            {
                whole[at] ^= flip;
                await File.WriteAllBytesAsync(At($"{Day}/a"), whole, Token);
                whole[at] ^= flip;
                try
                {
                    Assert.Equal(5000, (await CountAsync()).Rows);
                }
                catch (SourceException fault) when (!fault.IsAbsent)
                {
                    refused++;
                }
            }
        }
        Assert.True(refused > footer / 2, $"{refused} of {footer} bytes");
    }

    [Theory]
    [InlineData("PARE", "has an encrypted footer")]
    [InlineData("PAR2", "does not end as a Parquet or ORC file")]
    public async Task AFooterThatTellsNothingIsRefused(string end, string told)
    {
        Write($"{Day}/a", 5);
        var bytes = await File.ReadAllBytesAsync(At($"{Day}/a"), Token);
        System.Text.Encoding.ASCII.GetBytes(end).CopyTo(bytes, bytes.Length - 4);
        await File.WriteAllBytesAsync(At($"{Day}/a"), bytes, Token);

        await FaultAsync(told);
    }

    [Theory]
    [InlineData("delta_0000001_0000001_0000/bucket_00000", "is of a table with transactions (ACID)")]
    [InlineData("delete_delta_0000002_0000002_0000/bucket_00000", "is of a table with transactions (ACID)")]
    [InlineData("base_0000005/bucket_00000", "is of a table with transactions (ACID)")]
    [InlineData("HIVE_UNION_SUBDIR_1/000000_0", "is no partition's folder")]
    [InlineData("hour=00/000000_0", "lies beside partitions such as hour=00")]
    [InlineData("_temporary/0/a", "a job still writes")]
    [InlineData(".hive-staging_hive_2026/a", "a job still writes")]
    [InlineData(".spark-staging-3f/a", "a job still writes")]
    [InlineData("part-0.parquet._COPYING_", "is just being copied (hdfs dfs -put)")]
    [InlineData("_hour=00/a", "engines differ in whether they read it")]
    [InlineData(".hour=00/a", "engines differ in whether they read it")]
    [InlineData("_hour=00", "engines differ in whether they read it")]
    [InlineData("notes.txt", "does not end as a Parquet or ORC file")]
    [InlineData(".hoodie_partition_metadata", "table of Delta, Hudi or Iceberg")]
    [InlineData("../_delta_log/00000000000000000000.json", "table of Delta, Hudi or Iceberg")]
    [InlineData("../.hoodie/hoodie.properties", "table of Delta, Hudi or Iceberg")]
    [InlineData("../metadata/00000-a.metadata.json", "table of Delta, Hudi or Iceberg")]
    [InlineData("../../metadata/v1.metadata.json", "table of Delta, Hudi or Iceberg")]
    public async Task WhatMakesAnotherNumberThanAQueryIsRefused(string beside, string told)
    {
        Write($"{Day}/a", 5);
        Text($"{Day}/{beside}", "a text that is long enough");

        var fault = await FaultAsync(told);

        Assert.False(fault.IsAbsent);
    }

    [Theory]
    [InlineData("iceberg.schema")]
    [InlineData("org.apache.hudi.bloomfilter")]
    [InlineData("hoodie_min_record_key")]
    [InlineData("hive.acid.version")]
    public async Task AFooterInWhichAWriterOfTransactionsLeftItsKeyIsRefused(string key)
    {
        Write($"{Day}/a", 5, $", kv_metadata {{ '{key}': 'x' }}");

        await FaultAsync($"is of a table with transactions ({key}");
    }

    [Fact]
    public async Task AFolderThatChangesMeanwhileIsNotCounted()
    {
        Write($"{Day}/a", 5);
        await using var source = Open();
        foreach (var change in new Action[]
        {
            () => Write($"{Day}/b", 7),
            () => Write($"{Day}/a", 70),
            () => File.SetLastWriteTimeUtc(At($"{Day}/a"), new DateTime(2026, 2, 3, 0, 0, 0, DateTimeKind.Utc)),
            () => File.Delete(At($"{Day}/b")),
        })
        {
            var changing = new FooterCount(new ChangingFiles((IRangedFiles)source, change), 2);

            var fault = await Assert.ThrowsAsync<SourceException>(() => changing.CountAsync(Day, Day, Token));

            Assert.True(fault.IsTransient && !fault.IsAbsent, fault.Message);
        }
    }

    [Fact]
    public async Task ACheckCountsThePathOfItsDate()
    {
        Write($"{Day}/a", 5);
        await using var source = Open();

        var taking = await new CountMeasure { Connection = "files", From = CountFrom.Footers, Path = new("/t/data_date={date:yyyyMMdd}") }
            .TakeAsync(new MeasureContext(Some.Check, Some.Day, new One(source), new FixedClock(Some.Now)), Token);

        Assert.Equal(5, Assert.IsType<Measurement.Taken>(taking.Measurements.Single()).Value);
    }

    string At(string path) => Path.Combine(_folder, path);

    void Write(string path, int rows, string options = "") => Query(path, $"select range as id, 'x' as name from range({rows})", options);

    void Query(string path, string select, string options)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        TestWarehouse.Run(null, $"copy ({select}) to '{At(path)}' (format parquet{options})");
    }

    void Text(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    IFooterSource Open() => (IFooterSource)new FilesConnectionPlan { Path = _folder }.Open("files", "/", TimeProvider.System);

    async Task<Counted> CountAsync()
    {
        await using var source = Open();
        return await source.CountFootersAsync("/" + Day, Token);
    }

    async Task<SourceException> FaultAsync(string told)
    {
        var fault = await Assert.ThrowsAsync<SourceException>(CountAsync);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Equal("files", fault.SourceName);
        Assert.Contains(Day, fault.Asked, StringComparison.Ordinal);
        return fault;
    }

    sealed class One(ISource source) : ISources
    {
        public T Get<T>(string name) where T : ISource => (T)source;

        public Task CloseAsync() => Task.CompletedTask;

        public void Abandon()
        {
        }
    }

    /// <summary>Files of which something changes after the first read.</summary>
    sealed class ChangingFiles(IRangedFiles files, Action change) : IRangedFiles
    {
        Action? _change = change;

        public string Name => files.Name;

        public string Address => files.Address;

        public string Question(string path) => files.Question(path);

        public Task<string> ProbeAsync(CancellationToken cancellationToken) => files.ProbeAsync(cancellationToken);

        public Task<PathInfo?> FindAsync(string path, CancellationToken cancellationToken) => files.FindAsync(path, cancellationToken);

        public Task<IReadOnlyList<PathInfo>?> ListAsync(string folder, CancellationToken cancellationToken) =>
            files.ListAsync(folder, cancellationToken);

        public async Task<byte[]?> ReadAsync(string path, long offset, int length, CancellationToken cancellationToken)
        {
            var read = await files.ReadAsync(path, offset, length, cancellationToken);
            Interlocked.Exchange(ref _change, null)?.Invoke();
            return read;
        }

        public ValueTask DisposeAsync() => files.DisposeAsync();
    }
}
