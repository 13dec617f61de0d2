using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.MySql;

/// <summary>A result may be larger than the memory.</summary>
public sealed class StreamingTests(MariaDb mariaDb)
{
    [Fact]
    public async Task ALargeResultIsReadInLittleMemory()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        // 300 MB as text.
        await using var command = connection.Command("select seq, repeat('x', 1000) from seq_1_to_300000");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var before = ResidentBytes();
        var most = before;
        var sum = 0L;
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            sum += reader.GetInt64(0);
            if (reader.GetInt64(0) % 10_000 == 0)
                most = Math.Max(most, ResidentBytes());
        }

        Assert.Equal(300_000L * 300_001 / 2, sum);
        Assert.True(most - before < 64 * 1024 * 1024, $"{(most - before) / 1024} KB more than before");
    }

    [Fact]
    public async Task AReaderThatIsClosedEarlyLeavesTheConnectionUsable()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using (var command = connection.Command("select seq from seq_1_to_100000"))
        await using (var reader = command.ExecuteReader())
            Assert.True(reader.Read());

        Assert.Equal(1, await connection.ScalarAsync("select 1"));
    }

    static long ResidentBytes() => Environment.WorkingSet;
}
