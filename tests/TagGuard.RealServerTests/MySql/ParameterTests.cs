using FsCheck;
using FsCheck.Fluent;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.MySql;

/// <summary>Values that go in come back as they were.</summary>
public sealed class ParameterTests(MariaDb mariaDb)
{
    enum Colour : byte
    {
        Red = 200,
    }

    public static TheoryData<string, object?, object> Values => new()
    {
        { "bigint", (sbyte)-1, -1L },
        { "bigint", byte.MaxValue, 255L },
        { "bigint", short.MinValue, -32768L },
        { "bigint", ushort.MaxValue, 65535L },
        { "bigint", int.MinValue, -2147483648L },
        { "bigint", uint.MaxValue, 4294967295L },
        { "bigint", long.MinValue, long.MinValue },
        { "bigint unsigned", ulong.MaxValue, ulong.MaxValue },
        { "bigint", true, 1L },
        { "bigint", Colour.Red, 200L },
        { "float", 0.1f, 0.1f },
        { "double", double.Epsilon, double.Epsilon },
        { "decimal(65,28)", -0.0000000000000000000000000001m, -0.0000000000000000000000000001m },
        { "decimal(65,0)", decimal.MaxValue, decimal.MaxValue },
        { "text", 'ß', "ß" },
        { "text", "😀", "😀" },
        { "text", new Guid("123e4567-e89b-12d3-a456-426655440000"), "123e4567-e89b-12d3-a456-426655440000" },
        { "date", new DateOnly(2026, 2, 28), new DateTime(2026, 2, 28) },
        { "time(6)", new TimeOnly(1, 2, 3).Add(TimeSpan.FromMicroseconds(4)), new TimeSpan(1, 2, 3) + TimeSpan.FromMicroseconds(4) },
        { "time(6)", new TimeSpan(-30, -59, -59), new TimeSpan(-30, -59, -59) },
        { "datetime(6)", new DateTime(2026, 2, 28, 1, 2, 3).AddMicroseconds(4), new DateTime(2026, 2, 28, 1, 2, 3).AddMicroseconds(4) },
        { "datetime(6)", new DateTimeOffset(2026, 2, 28, 1, 0, 0, TimeSpan.FromHours(8)), new DateTime(2026, 2, 27, 17, 0, 0) },
        { "datetime(6)", new DateTimeOffset(2026, 2, 28, 1, 0, 0, TimeSpan.Zero).LocalDateTime, new DateTime(2026, 2, 28, 1, 0, 0) },
        { "blob", new ReadOnlyMemory<byte>([1, 2]), new byte[] { 1, 2 } },
        { "blob", new ArraySegment<byte>([1, 2, 3], 1, 1), new byte[] { 2 } },
        { "blob", null, DBNull.Value },
        { "blob", DBNull.Value, DBNull.Value },
    };

    [Theory, MemberData(nameof(Values))]
    public async Task AValueComesBack(string type, object? value, object expected)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync($"create table t (c {type})");
        await connection.RunAsync("insert into t values (@c)", ("c", value));

        Assert.Equal(expected, await connection.ScalarAsync("select c from t"));
        if (value is not null and not DBNull && type != "float")
            Assert.Equal(1L, await connection.ScalarAsync("select count(*) from t where c = @c", ("c", value)));
    }

    [Fact]
    public async Task AnyTextComesBackLetterByLetter()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (id int primary key, c longtext)");
        using var insert = connection.Command("replace into t values (1, @c)", ("c", ""));
        using var select = connection.Command("select c, c = @c from t", ("c", ""));

        Prop.ForAll(OddTexts.Any, text =>
        {
            insert.Parameters[0].Value = select.Parameters[0].Value = text;
            insert.ExecuteNonQuery();
            using var reader = select.ExecuteReader();
            reader.Read();
            return reader.GetString(0) == text && reader.GetBoolean(1);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public async Task MegabytesComeBackWholeAndInParts()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (id int, c longblob)");
        var blob = new byte[20 * 1024 * 1024];
        new Random(1).NextBytes(blob);
        await connection.RunAsync("insert into t values (1, @c), (2, 'short'), (3, @c)", ("c", blob));
        await using var command = connection.Command("select c from t order by id");
        await using var reader = command.ExecuteReader();

        reader.Read();
        Assert.Equal(blob, reader.GetValue(0));
        var part = new byte[1000];
        Assert.Equal(blob.Length, reader.GetBytes(0, 0, null, 0, 0));
        Assert.Equal(part.Length, reader.GetBytes(0, 10_000_000, part, 0, part.Length));
        Assert.Equal(blob[10_000_000..10_001_000], part);
        Assert.Equal(3, reader.GetBytes(0, blob.Length - 3, part, 0, part.Length));
        reader.Read();
        Assert.Equal("short", reader.GetString(0));
        reader.Read();
        Assert.Equal(blob, reader.GetFieldValue<byte[]>(0));
    }

    [Theory]
    [InlineData("select @a", "no parameter of that name", "b")]
    [InlineData("select 1", "@b is not in the SQL", "b")]
    [InlineData("select @b, ?", "has a `?`", "b")]
    [InlineData("select @b", "two parameters @B", "b", "B")]
    public async Task ParametersThatDoNotFitTheSqlAreRefusedByName(string sql, string expected, params string[] names)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => connection.RunAsync(sql, [.. names.Select(name => (name, (object?)1))]));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Equal(1, await connection.ScalarAsync("select 1"));
    }

    [Fact]
    public async Task AValueThatMySqlDoesNotKnowIsRefusedByTheParametersName()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();

        Assert.Contains("@a is a System.Uri", (await Assert.ThrowsAsync<ArgumentException>(() => connection.RunAsync("select @a", ("a", new Uri("http://h"))))).Message, StringComparison.Ordinal);
        Assert.Contains("@a is no text", (await Assert.ThrowsAsync<ArgumentException>(() => connection.RunAsync("select @a", ("a", "\ud83d")))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task VariablesOfTheSessionAreAllowedOnRequest()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync("AllowUserVariables=true");
        await connection.RunAsync("set @n = 41, @`q r` = 1");

        Assert.Equal(43L, await connection.ScalarAsync("select @n + @`q r` + @m", ("m", 1)));
    }
}
