using FsCheck;
using FsCheck.Fluent;
using MySqlConnector;
using TagGuard.Adapters.MySql;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.MySql;

/// <summary>SQL of the plan reads, and nothing else: whatever it says, the rows stay and no gate is opened by it.</summary>
public sealed class UserSqlTests(MariaDb mariaDb)
{
    const string Lift = "set session transaction read write";

    static readonly DateOnly Day = new(2026, 2, 3);

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData($"select 1; {Lift}; delete from t")]
    [InlineData($"select 1; /*! {Lift} */; delete from t")]
    [InlineData($"select 1 /*!; {Lift} */; delete from t")]
    [InlineData($"select '\\'; {Lift}; delete from t -- '")]
    [InlineData("select 1 -- \n; delete from t")]
    [InlineData("delete from t")]
    [InlineData("with gone as (select 1) delete from t")]
    [InlineData("begin not atomic set session transaction read write; delete from t; end")]
    [InlineData("begin not atomic set session transaction read write")]
    [InlineData("execute immediate 'begin not atomic set session transaction read write; delete from t; end'")]
    [InlineData("prepare s from 'delete from t'")]
    [InlineData("call clear()")]
    [InlineData("select emptied()")]
    [InlineData("insert into t values (2)")]
    [InlineData("load data local infile '/etc/hostname' into table t")]
    [InlineData("select * from t for update; commit; delete from t")]
    public async Task NothingThatASqlSaysIsWritten(string sql)
    {
        await using var database = await TableAsync();

        await Assert.ThrowsAsync<SourceException>(() => database.Rows().RowsAsync(sql, Day, Token));

        await using var connection = await database.OpenAsync();
        Assert.Equal(1L, await connection.ScalarAsync("select count(*) from t"));
    }

    [Theory]
    [InlineData("1 = 1); " + Lift + "; delete from t where (1 = 1")]
    [InlineData("1 = 1 /*! ); delete from t where (1 = 1 */")]
    [InlineData("emptied() = 1")]
    public async Task NothingThatAConditionSaysIsWritten(string where)
    {
        await using var database = await TableAsync();

        await Assert.ThrowsAsync<SourceException>(() => ((ICountSource)database.Source()).CountAsync(new TablePart("t", null, null, where), Token));

        await using var connection = await database.OpenAsync();
        Assert.Equal(1L, await connection.ScalarAsync("select count(*) from t"));
    }

    [Fact]
    public async Task ASessionThatOneCheckTriedToChangeIsNotTheNextOnes()
    {
        await using var database = await TableAsync();
        var source = database.Rows();

        await Assert.ThrowsAsync<SourceException>(() => source.RowsAsync(Lift, Day, Token));
        await source.RowsAsync("select @@time_zone, sleep(0)", Day, Token);

        Assert.Equal("ON STRICT_ALL_TABLES utf8mb4 +00:00", (await source.RowsAsync(
            "select concat_ws(' ', @@tx_read_only, substring_index(@@sql_mode, ',', 1), @@character_set_client, @@time_zone)", Day, Token)).First);
    }

    [Fact]
    public async Task ADateBehindACommentIsBoundAsWell()
    {
        await using var database = await mariaDb.DatabaseAsync();

        Assert.Equal("2026-02-03 2026-02-02", (await database.Rows().RowsAsync(
            "select /* the day **/ concat(@date, ' ', @yesterday) -- 'and' the day before\n;", Day, Token)).First);
    }

    /// <summary>Texts of quotes, comments and `;`: whatever passes is sent as the driver
    /// would send several, and the server must have seen one.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("NO_BACKSLASH_ESCAPES")]
    [InlineData("ANSI_QUOTES")]
    public async Task WhatPassesIsOneStatementToTheServerInEachOfItsModes(string mode)
    {
        await using var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table canary (n int)");
        await connection.RunAsync($"set sql_mode = '{mode}'");
        var parts = Gen.Elements(
            "'",
            "'",
            "\"",
            "`",
            "\\",
            ";",
            ";insert into canary values (1)",
            "insert into canary values (1)",
            "-- ",
            "--",
            "#",
            "\n",
            "/*",
            "*/",
            "/*!",
            "/*!99999 ",
            "/*M!",
            "/*+ ",
            "*",
            "/",
            "$$",
            "$a$",
            "x",
            " ",
            "1");
        var passed = 0;

        Prop.ForAll(parts.ListOf().Select(list => "select 1 " + string.Concat(list)).ToArbitrary(), sql =>
        {
            if (!IsOne(sql, out var text))
                return;
            passed++;
            try
            {
                // Both what is sent and what was written.
                foreach (var each in new[] { text, sql })
                    connection.RunAsync(each).GetAwaiter().GetResult();
            }
            catch (MySqlException)
            {
                // Most are no SQL at all.
            }
            Assert.Equal(0L, connection.ScalarAsync("select count(*) from canary").GetAwaiter().GetResult());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

        Assert.True(passed > 300, $"{passed} passed");
    }

    static bool IsOne(string sql, out string text)
    {
        try
        {
            text = SingleStatement.Of(sql);
            return true;
        }
        catch (InvalidDataException)
        {
            text = "";
            return false;
        }
    }

    /// <summary>A table with one row, and a procedure and a function that lift what keeps them from deleting it.</summary>
    async Task<MariaDbDatabase> TableAsync()
    {
        var database = await mariaDb.DatabaseAsync();
        await using var connection = await database.OpenAsync();
        await connection.RunAsync("create table t (n int)");
        await connection.RunAsync("insert into t values (1)");
        await connection.RunAsync($"create procedure clear() begin commit; {Lift}; delete from t; end");
        await connection.RunAsync("create function emptied() returns int begin set session tx_read_only = 0; delete from t; return 1; end");
        return database;
    }
}
