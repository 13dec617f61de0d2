using TagGuard.Adapters.Sources.Sql;

namespace TagGuard.Tests.Adapters;

/// <summary>Values are written into a statement of HiveServer2 as texts, whatever they hold, and only a query is sent.</summary>
public sealed class HiveTextTests
{
    static string With(string sql, string value) => HiveText.Of(new BoundSql(sql, new SqlParameter("@value", value)));

    [Theory]
    [InlineData("20260101", "'20260101'")]
    [InlineData("it's", @"'it\'s'")]
    [InlineData(@"\", @"'\\'")]
    [InlineData(@"\'; drop table t; --", @"'\\\'; drop table t; --'")]
    [InlineData("${hiveconf:x}", @"'\u0024{hiveconf:x}'")]
    [InlineData("@value", "'@value'")]
    [InlineData("nul\0", @"'nul\0'")]
    public void AValueIsATextWhateverItHolds(string value, string literal) =>
        Assert.Equal($"select 1 from t where d = {literal}", With("select 1 from t where d = @value", value));

    [Theory]
    [InlineData("select '@value' from t", "select '@value' from t")]
    [InlineData("select `@value` from t", "select `@value` from t")]
    [InlineData(@"select 'it\'s @value', @value -- @value", @"select 'it\'s @value', 'x'")]
    [InlineData("select /* @value */ @value, @values ;\n", "select   'x', @values")]
    public void AParameterIsOneWhereItIsNotQuoted(string sql, string text) => Assert.Equal(text, With(sql, "x"));

    [Fact]
    public void ADateIsADate() => Assert.Equal(
        "select cast('2026-01-02' as date)",
        HiveText.Of(new BoundSql("select @date", new SqlParameter("@date", new DateOnly(2026, 1, 2)))));

    [Theory]
    [InlineData("with a as (select 1) select * from a")]
    [InlineData("select `insert`, set, load from t join u using (a)")]
    [InlineData("select /*+ mapjoin(t) */ map('a', 1) from t")]
    public void AQueryIsOne(string sql) => Assert.Null(HiveText.MistakeIn(sql));

    [Theory]
    [InlineData("with a as (select 1) insert into t select * from a", "`insert` writes")]
    [InlineData("with a as (select 1) from a INSERT overwrite table t select *", "`insert` writes")]
    [InlineData("with a as (select 1) merge into t using a on 1 = 1", "`merge` writes")]
    [InlineData("from t insert overwrite table u select *", "begin it with `select`")]
    [InlineData("select 1; drop table t", "Only one statement")]
    [InlineData("select `reflect`('java.lang.System', 'exit', 1)", "only asks")]
    [InlineData("select * from (from t map a using 'rm' as b) u", "only asks")]
    [InlineData(@"select r'\' from t", "read differently")]
    [InlineData("insert into t values (1)", "one SELECT")]
    [InlineData("set x = 1", "one SELECT")]
    public void WhatMayWriteIsRefusedBeforeItIsSent(string sql, string told)
    {
        Assert.Contains(told, HiveText.MistakeIn(sql), StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => HiveText.Of(new BoundSql(sql)));
    }
}
