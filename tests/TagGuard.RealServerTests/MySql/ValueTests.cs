using System.Globalization;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.MySql;

/// <summary>Values come as the column holds them, whatever its type, or the error names the column and the cure.</summary>
public sealed class ValueTests(MariaDb mariaDb)
{
    static readonly DateOnly Day = new(2026, 2, 3);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("tinyint(1)", "2", "2")]
    [InlineData("tinyint unsigned", "255", "255")]
    [InlineData("bigint", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("bigint unsigned", "18446744073709551615", "18446744073709551615")]
    [InlineData("int(8) zerofill", "42", "42")]
    [InlineData("float", "0.1", "0.1")]
    [InlineData("double", "0.1", "0.1")]
    [InlineData("decimal(20,5)", "-12345678901234.50000", "-12345678901234.50000")]
    [InlineData(
        "decimal(65,30)",
        "12345678901234567890123456789012345.123456789012345678901234567890",
        "12345678901234567890123456789012345.123456789012345678901234567890")]
    [InlineData("bit(64)", "b'1000000000000000000000000000000000000000000000000000000000000001'", "9223372036854775809")]
    [InlineData("year", "2155", "2155")]
    [InlineData("time", "'-838:59:59'", "-34.22:59:59")]
    [InlineData("char(36)", "'123e4567-e89b-12d3-a456-426655440000'", "123e4567-e89b-12d3-a456-426655440000")]
    [InlineData("char(4)", "'ä😀'", "ä😀")]
    [InlineData("varchar(4) character set latin1", "'äöü'", "äöü")]
    [InlineData("varchar(4) character set gbk", "'标签'", "标签")]
    [InlineData("varchar(4) character set utf16 collate utf16_bin", "'😀'", "😀")]
    [InlineData("text", "'it''s'", "it's")]
    [InlineData("json", "'{\"a\": [1, \"ä\"]}'", "{\"a\": [1, \"ä\"]}")]
    [InlineData("enum('b','ä')", "'ä'", "ä")]
    [InlineData("set('a','b','c')", "'a,c'", "a,c")]
    [InlineData("uuid", "'123e4567-e89b-12d3-a456-426655440000'", "123e4567-e89b-12d3-a456-426655440000")]
    [InlineData("inet6", "'::1'", "::1")]
    public async Task AValueComesAsItsColumnHoldsIt(string type, string literal, string expected)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync($"create table t (c {type})");
        await connection.RunAsync($"insert into t (c) values ({literal}), (null)");

        var answer = await database.Rows().RowsAsync("select c from t order by c is null", Day, Token);

        Assert.Equal((2, expected), (answer.Rows, Convert.ToString(answer.First, CultureInfo.InvariantCulture)));
        Assert.Null((await database.Rows().RowsAsync("select c from t where c is null", Day, Token)).First);
    }

    [Theory]
    [InlineData("date", "'9999-12-31'", "9999-12-31T00:00:00.000000", DateTimeKind.Unspecified)]
    [InlineData("datetime(6)", "'2026-02-28 23:59:59.000001'", "2026-02-28T23:59:59.000001", DateTimeKind.Unspecified)]
    [InlineData("timestamp(3) null", "'2026-02-28 23:59:59.999'", "2026-02-28T23:59:59.999000", DateTimeKind.Utc)]
    public async Task ATimeKeepsItsFraction(string type, string literal, string expected, DateTimeKind kind)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync($"create table t (c {type})");
        await connection.RunAsync($"insert into t (c) values ({literal})");

        var time = (DateTime)(await database.Rows().RowsAsync("select c from t", Day, Token)).First!;

        Assert.Equal((expected, kind), (time.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture), time.Kind));
    }

    [Theory]
    [InlineData("0000-00-00")]
    [InlineData("2026-00-00")]
    [InlineData("2026-02-00")]
    public async Task ADateThatIsNoneIsAnErrorWithItsColumnAndTheCureWorks(string date)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (sign_date date, sign_time datetime)");
        await connection.RunAsync("set sql_mode = ''");
        await connection.RunAsync($"insert into t values ('{date}', '{date}')");

        foreach (var column in new[] { "sign_date", "sign_time" })
        {
            var fault = await Assert.ThrowsAsync<SourceException>(() => database.Rows().RowsAsync($"select {column} from t", Day, Token));
            Assert.Contains(
                $"{column} holds {date}, which is not a date of the calendar: select nullif({column}, 0)",
                fault.Message,
                StringComparison.Ordinal);
            Assert.False(fault.IsTransient);
        }
        if (date == "0000-00-00")
            Assert.Null((await database.Rows().RowsAsync("select nullif(sign_date, 0) from t", Day, Token)).First);
    }

    [Fact]
    public async Task AHundredMegabytesComeAsTheyAreOrWithTheSettingToRaise()
    {
        await using var server = await mariaDb.StartAsync("--max-allowed-packet=200M");
        await using var database = await server.DatabaseAsync();

        var answer = await database.Rows().RowsAsync("select repeat('ä', 50000000)", Day, Token);

        Assert.Equal(50_000_000, Assert.IsType<string>(answer.First).Length);
        await server.RunAsync("set global max_allowed_packet = 1048576");
        // What is longer, the server makes NULL of, with a warning.
        Assert.Null((await database.Rows().RowsAsync("select repeat('ä', 50000000)", Day, Token)).First);
    }

    [Fact]
    public async Task ALargeAnswerIsReadInLittleMemoryAndAPartOfItDoesNotWaitForTheRest()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (id bigint primary key, c varchar(1000))");
        await connection.RunAsync("insert into t select seq, repeat('x', 1000) from seq_1_to_300000");
        var part = new KeyedPart(new TablePart("t", null, null, null), "(concat(id, c))", []);
        var source = (IKeyedSource)database.Source();
        var (before, most, rows) = (Environment.WorkingSet, 0L, 0);

        await foreach (var row in (await source.RowsAsync(part, new BucketChoice(1, [0]), Token)).Rows)
        {
            if (++rows % 10_000 == 0)
                most = Math.Max(most, Environment.WorkingSet);
        }

        Assert.Equal(300_000, rows);
        Assert.True(most - before < 64 * 1024 * 1024, $"{(most - before) / 1024} KB more than before");
        // The rest is not waited for.
        await foreach (var row in (await source.RowsAsync(part, new BucketChoice(1, [0]), Token)).Rows)
            break;
        await connection.UntilAloneAsync();
    }
}
