using System.Data;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.MySql;

/// <summary>Every type of column: what is read, and as what.</summary>
public sealed class TypeTests(MariaDb mariaDb)
{
    public static TheoryData<string, string, object> Columns => new()
    {
        { "tinyint", "-128", (sbyte)-128 },
        { "tinyint(1)", "2", (sbyte)2 },
        { "tinyint unsigned", "255", (byte)255 },
        { "bool", "true", (sbyte)1 },
        { "smallint", "-32768", short.MinValue },
        { "smallint unsigned", "65535", ushort.MaxValue },
        { "mediumint", "-8388608", -8388608 },
        { "mediumint unsigned", "16777215", 16777215u },
        { "int", "-2147483648", int.MinValue },
        { "int unsigned", "4294967295", uint.MaxValue },
        { "int(8) zerofill", "42", 42u },
        { "bigint", "-9223372036854775808", long.MinValue },
        { "bigint unsigned", "18446744073709551615", ulong.MaxValue },
        { "float", "0.1", 0.1f },
        { "double", "0.1", 0.1 },
        { "decimal(20,5)", "-12345678901234.50000", -12345678901234.50000m },
        { "decimal(65,30)", "0.5", 0.5m },
        { "bit(1)", "b'1'", 1ul },
        { "bit(64)", "b'1000000000000000000000000000000000000000000000000000000000000001'", 0x8000000000000001ul },
        { "date", "'2026-02-28'", new DateTime(2026, 2, 28) },
        { "date", "'9999-12-31'", new DateTime(9999, 12, 31) },
        { "datetime", "'2026-02-28 23:59:59'", new DateTime(2026, 2, 28, 23, 59, 59) },
        { "datetime(6)", "'2026-02-28 23:59:59.000001'", new DateTime(2026, 2, 28, 23, 59, 59).AddMicroseconds(1) },
        { "timestamp(3) null", "'2026-02-28 23:59:59.999'", new DateTime(2026, 2, 28, 23, 59, 59, 999) },
        { "time", "'-838:59:59'", new TimeSpan(-838, -59, -59) },
        { "time(6)", "'100:00:00.000001'", new TimeSpan(100, 0, 0) + TimeSpan.FromMicroseconds(1) },
        { "time(6)", "'-00:00:00.5'", TimeSpan.FromMilliseconds(-500) },
        { "year", "2155", 2155 },
        { "char(4)", "'ä😀'", "ä😀" },
        { "varchar(4) character set latin1", "'äöü'", "äöü" },
        { "varchar(4) character set utf16 collate utf16_bin", "'😀'", "😀" },
        { "tinytext", "''", "" },
        { "text", "'it''s'", "it's" },
        { "mediumtext", "repeat('ä', 200000)", new string('ä', 200_000) },
        { "longtext", "repeat('x', 70000)", new string('x', 70_000) },
        { "binary(3)", "x'00FF'", new byte[] { 0, 255, 0 } },
        { "varbinary(3)", "x'00FF'", new byte[] { 0, 255 } },
        { "tinyblob", "x''", Array.Empty<byte>() },
        { "longblob", "repeat(x'00', 100000)", new byte[100_000] },
        { "json", "'{\"a\": [1, \"ä\"]}'", "{\"a\": [1, \"ä\"]}" },
        { "enum('b','ä')", "'ä'", "ä" },
        { "set('a','b','c')", "'a,c'", "a,c" },
        { "uuid", "'123e4567-e89b-12d3-a456-426655440000'", "123e4567-e89b-12d3-a456-426655440000" },
        { "inet6", "'::1'", "::1" },
        { "inet4", "'10.0.0.1'", "10.0.0.1" },
        { "point", "point(1, 2)", Convert.FromHexString("000000000101000000000000000000F03F0000000000000040") },
    };

    [Theory, MemberData(nameof(Columns))]
    public async Task AColumnIsReadAsItsOwnType(string type, string literal, object expected)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync($"create table t (c {type}, d {type})");
        await connection.RunAsync($"insert into t (c) values ({literal})");
        await using var command = connection.Command("select c, d from t");
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);

        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(expected, reader.GetValue(0));
        Assert.IsType(reader.GetFieldType(0), reader.GetValue(0));
        Assert.False(reader.IsDBNull(0));
        Assert.True(reader.IsDBNull(1));
        Assert.Equal(DBNull.Value, reader.GetValue(1));
    }

    /// <summary>Types that MySQL sends and MariaDB does not: JSON (5.7 on) and VECTOR (9).</summary>
    [Theory]
    [InlineData(245, "longtext", "'{\"a\": [1, \"ä😀\"]}'", "json")]
    [InlineData(242, "longblob", "x'0000803F00000040'", "vector")]
    public async Task ATypeOfMySqlAloneIsReadAsItIs(byte number, string type, string literal, string name)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var setup = await database.OpenAsync();
        await setup.RunAsync($"create table t (c {type})");
        await setup.RunAsync($"insert into t values ({literal}), (null), ({literal})");
        await using var proxy = new RetypingProxy(database.Server.Port, number);
        await using var connection = await database.OpenAsync($"Port={proxy.Port};SslMode=None;SslCa=");
        await using var command = connection.Command("select c from t");
        await using var reader = command.ExecuteReader();

        var values = new List<object>();
        while (reader.Read())
            values.Add(reader.GetValue(0));

        Assert.Equal(name, reader.GetDataTypeName(0));
        object expected = name == "json" ? "{\"a\": [1, \"ä😀\"]}" : Convert.FromHexString("0000803F00000040");
        Assert.Equal([expected, DBNull.Value, expected], values);
    }

    [Fact]
    public async Task ATypeThatNobodyKnowsIsRefusedWithTheCure()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var proxy = new RetypingProxy(database.Server.Port, 200);
        await using var connection = await database.OpenAsync($"Port={proxy.Port};SslMode=None;SslCa=");

        var fault = Assert.Throws<NotSupportedException>(() => connection.Command("select 1 as odd").ExecuteReader());

        Assert.Contains("The column odd has the type 200, which is not known here: cast it in the SQL, as in cast(odd as char).", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABigNumberIsReadAsTextAndRefusedAsADecimalByTheColumnsName()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var command = connection.Command("select cast('12345678901234567890123456789012345.6' as decimal(36,1)) big, cast('0.12345678901234567890123456789' as decimal(30,29)) fine");
        await using var reader = command.ExecuteReader();
        reader.Read();

        Assert.Equal("12345678901234567890123456789012345.6", reader.GetString(0));
        Assert.Contains("the column big holds 1234567890", Assert.ThrowsAny<System.Data.Common.DbException>(() => reader.GetDecimal(0)).Message, StringComparison.Ordinal);
        Assert.Contains("the column fine holds 0.1234567890", Assert.ThrowsAny<System.Data.Common.DbException>(() => reader.GetValue(1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0000-00-00")]
    [InlineData("2026-00-00")]
    [InlineData("2026-02-00")]
    public async Task ADateThatIsNoneIsAnErrorWithItsColumnAndTheCureWorks(string date)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (id int, sign_date date, sign_time datetime)");
        await connection.RunAsync("set sql_mode = ''");
        await connection.RunAsync($"insert into t values (1, '{date}', '{date}')");
        await using (var command = connection.Command("select sign_date, sign_time from t"))
        await using (var reader = command.ExecuteReader())
        {
            reader.Read();
            foreach (var column in new[] { "sign_date", "sign_time" })
            {
                var fault = Assert.ThrowsAny<System.Data.Common.DbException>(() => reader[column]);
                Assert.Contains($"the column {column} holds {date}, which is no date of the calendar", fault.Message, StringComparison.Ordinal);
                Assert.Contains($"nullif({column}, 0)", fault.Message, StringComparison.Ordinal);
                Assert.False(fault.IsTransient);
            }
        }
        await using var cured = await database.OpenAsync();
        if (date == "0000-00-00")
            Assert.Equal(DBNull.Value, await cured.ScalarAsync("select nullif(sign_date, 0) from t"));
        else
            Assert.Equal(date, await cured.ScalarAsync("select cast(sign_date as char) from t"));
    }

    [Fact]
    public async Task NumbersAreReadAsAnyTypeThatHoldsThem()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var command = connection.Command("select sum(2) s, 300 n, 1.5 f, 'x' t, cast(18446744073709551615 as unsigned) u, null z");
        await using var reader = command.ExecuteReader();
        reader.Read();

        Assert.Equal((2, 2L, 2m, 2.0), (reader.GetInt32(0), reader.GetInt64(0), reader.GetDecimal(0), reader.GetDouble(0)));
        Assert.Equal(("300", true, 300f), (reader.GetString(1), reader.GetBoolean(1), reader.GetFloat(1)));
        Assert.Equal(ulong.MaxValue, reader.GetFieldValue<ulong>(4));
        Assert.Null(reader.GetFieldValue<int?>(5));
        Assert.Equal(300, reader.GetFieldValue<int?>(1));
        Assert.Contains("the column n holds 300, which is outside of Byte", Assert.ThrowsAny<System.Data.Common.DbException>(() => reader.GetByte(1)).Message, StringComparison.Ordinal);
        Assert.Contains("no whole number", Assert.ThrowsAny<System.Data.Common.DbException>(() => reader.GetInt32(2)).Message, StringComparison.Ordinal);
        Assert.Contains("the column u holds", Assert.ThrowsAny<System.Data.Common.DbException>(() => reader.GetInt64(4)).Message, StringComparison.Ordinal);
        Assert.Contains("column t is varchar", Assert.Throws<InvalidCastException>(() => reader.GetInt32(3)).Message, StringComparison.Ordinal);
        Assert.Contains("column z is NULL", Assert.Throws<InvalidCastException>(() => reader.GetString(5)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherTypesOfDotNetAreReadWhenAskedFor()
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await using var command = connection.Command(
            "select cast('2026-02-28' as date), cast('2026-02-28 12:30:00' as datetime), cast('12:30:01' as time), '123e4567-e89b-12d3-a456-426655440000', x'123E4567E89B12D3A456426655440000', 'x', 'äö'");
        await using var reader = command.ExecuteReader(CommandBehavior.SingleRow);
        reader.Read();
        var id = Guid.Parse("123e4567-e89b-12d3-a456-426655440000");

        Assert.Equal(new DateOnly(2026, 2, 28), reader.GetFieldValue<DateOnly>(0));
        Assert.Equal(new DateTimeOffset(2026, 2, 28, 12, 30, 0, TimeSpan.Zero), reader.GetFieldValue<DateTimeOffset>(1));
        Assert.Equal(new TimeOnly(12, 30, 1), reader.GetFieldValue<TimeOnly>(2));
        Assert.Equal((id, id), (reader.GetGuid(3), reader.GetGuid(4)));
        Assert.Equal('x', reader.GetChar(5));
        Assert.Equal("äö"u8.ToArray(), reader.GetFieldValue<byte[]>(6));
        Assert.Equal("äö", new StreamReader(reader.GetStream(6)).ReadToEnd());
        Assert.Equal("äö", reader.GetTextReader(6).ReadToEnd());
    }
}
