using TagGuard.Adapters.MySql;

namespace TagGuard.Tests.MySql;

/// <summary>What is one statement, whatever the server's settings, and what is not.</summary>
public sealed class SingleStatementTests
{
    [Theory]
    [InlineData("select 1", "select 1")]
    [InlineData("  select 1 ;\n", "select 1")]
    [InlineData("select 1; -- done", "select 1")]
    [InlineData("select 1; # done\n /* really; */ ;;", "select 1")]
    [InlineData("select ';' , \";\", `a;b`", "select ';' , \";\", `a;b`")]
    [InlineData("select 'it''s; fine'", "select 'it''s; fine'")]
    [InlineData("select 'a\\\\b' ", "select 'a\\\\b'")]
    [InlineData("select 1 -- ; not a statement", "select 1")]
    [InlineData("select 1 # ; not a statement", "select 1")]
    [InlineData("select /* ; **/ 1 from t where d = @date", "select   1 from t where d = @date")]
    [InlineData("select 5--1", "select 5--1")]
    [InlineData("select 5--/* */1", "select 5- - 1")]
    [InlineData("select /*+ max_execution_time(1000) */ 1", "select /*+ max_execution_time(1000) */ 1")]
    [InlineData("select /*!40001 sql_no_cache */ 1", "select /*!40001 sql_no_cache */ 1")]
    [InlineData("select a$b$c from t", "select a$b$c from t")]
    [InlineData("with x as (select 1) select * from x", "with x as (select 1) select * from x")]
    [InlineData("((select 1)) union (select 2)", "((select 1)) union (select 2)")]
    public void OneStatementIsTakenWithoutItsComments(string sql, string expected)
    {
        Assert.Equal(expected, SingleStatement.OfQuery(sql));
        Assert.Equal(expected, SingleStatement.Of(sql));
    }

    [Theory]
    [InlineData("select 1; set session transaction read write; delete from t")]
    [InlineData("select 1;delete from t")]
    [InlineData("select 1;\0delete from t")]
    [InlineData("select 1;\u3000")]
    [InlineData("select 1;--delete from t")]
    [InlineData("select 'a'';'; delete from t")]
    [InlineData("select ``;delete from t")]
    [InlineData("select 1 /* */; delete from t")]
    [InlineData("select 1 /* /* */; delete from t -- */")]
    [InlineData("select 1 -- \n; delete from t")]
    [InlineData("select 1 #\n; delete from t")]
    public void WhatStandsBehindASemicolonIsRefused(string sql) => Refused(sql, "Only one statement is run");

    /// <summary>One statement with backslash escapes, two without, or the other way round, or with ANSI_QUOTES alone.</summary>
    [Theory]
    [InlineData("select '\\'; delete from t -- '")]
    [InlineData("select \"\\\"; delete from t -- \"")]
    [InlineData("select '\\\\\\'; delete from t -- '")]
    public void WhatIsOneStatementOnlyWithSomeSettingsIsRefused(string sql) => Refused(sql, "depends on a setting of the server");

    [Theory]
    [InlineData("select 1; /*! delete from t */")]
    [InlineData("select 1; /*M! delete from t */")]
    public void AnExecutableCommentIsAStatement(string sql) => Refused(sql, "Only one statement is run");

    [Theory]
    [InlineData("select 1 /*!; delete from t */")]
    [InlineData("select 1 /*!99999 ' */; delete from t -- '")]
    [InlineData("select 1 /*M!100100 ; delete from t */")]
    [InlineData("select /*+ ` */ 1; delete from t -- `")]
    [InlineData("select 1 /*!99999 /* */ ; delete from t */")]
    [InlineData("select 1 /*! from t where d = @date */")]
    public void ACommentThatAServerReadsMayHoldOnlyWords(string sql) => Refused(sql, "may hold words, numbers, commas and parentheses only");

    /// <summary>Were its comment a mere blank, `-- ` would begin another, up to the end of the line.</summary>
    [Fact]
    public void AStatementThatIsOneStaysOneWithoutItsComments() =>
        Assert.Equal("select 1 - - 'x\n;delete from t'", SingleStatement.Of("select 1 --/* */'x\n;delete from t'"));

    [Fact]
    public void AParameterWithoutANameIsRefused()
    {
        Refused("select ?", "name each parameter");
        Assert.Equal("select '?'", SingleStatement.Of("select '?'"));
    }

    [Fact]
    public void TextInDollarsIsRefused() => Refused("select $$ ' $$; delete from t -- '", "quotes text on some servers");

    [Theory]
    [InlineData("delete from t")]
    [InlineData("set session transaction read write")]
    [InlineData("call p()")]
    [InlineData("execute immediate 'delete from t'")]
    [InlineData("begin not atomic select 1")]
    [InlineData("/*! set */ global x = 1")]
    [InlineData("do sleep(1)")]
    [InlineData("selection")]
    [InlineData("")]
    [InlineData(" -- nothing")]
    public void WhatIsNotAQueryIsRefused(string sql) =>
        Assert.Contains(
            "must be one SELECT",
            Assert.Throws<InvalidDataException>(() => SingleStatement.OfQuery(sql)).Message,
            StringComparison.Ordinal);

    static void Refused(string sql, string expected)
    {
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => SingleStatement.Of(sql)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => SingleStatement.OfQuery(sql));
    }
}
