using TagGuard.Adapters.Sources.Sql;

namespace TagGuard.Tests.Adapters;

/// <summary>What is one query in Spark's SQL, and what is refused before it is sent.</summary>
public sealed class OneQueryTests
{
    [Theory]
    [InlineData("select 1", "select 1")]
    [InlineData("  select 1 ; ;\n-- the end", "select 1")]
    [InlineData("/* one /* two */ */ (select 1) -- it's", "(select 1)")]
    [InlineData("select ';', \"a;b\", `c;d` from t /* ; */;", "select ';', \"a;b\", `c;d` from t")]
    [InlineData(@"select 'it\'; drop table x' from t", @"select 'it\'; drop table x' from t")]
    [InlineData(@"select r'\' from t;", @"select r'\' from t")]
    [InlineData("-- more \\\n of it\nselect 1", "select 1")]
    [InlineData("select /*+ broadcast(t) */ a from t", "select /*+ broadcast(t) */ a from t")]
    [InlineData("VALUES (1)", "VALUES (1)")]
    [InlineData("with a as (select 1) select * from a", "with a as (select 1) select * from a")]
    [InlineData("from t select a", "from t select a")]
    [InlineData("select a from t join u using (a)", "select a from t join u using (a)")]
    public void AQueryIsSentWithoutWhatIsAroundIt(string sql, string expected)
    {
        Assert.Null(OneQuery.MistakeIn(sql));
        Assert.Equal(expected, OneQuery.Of(new BoundSql(sql)).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-- select 1")]
    [InlineData(";")]
    [InlineData("drop table t")]
    [InlineData("insert into t values (1)")]
    [InlineData("set spark.x = 1")]
    [InlineData("clear cache")]
    [InlineData("cache table t")]
    [InlineData("explain select 1")]
    [InlineData("map a using 'x' from t")]
    [InlineData("/* select */ drop table t")]
    [InlineData("`select` 1")]
    public void WhatDoesNotBeginAsAQueryIsRefused(string sql) => Assert.Contains("one SELECT", OneQuery.MistakeIn(sql), StringComparison.Ordinal);

    [Theory]
    [InlineData("select 1; drop table t")]
    [InlineData("select 1; select 2")]
    [InlineData("select '\\'; drop table t; --'; select 1")]
    [InlineData("select r'\\'; drop table t")]
    [InlineData("select 1 -- x\n; drop table t")]
    public void TwoStatementsAreRefused(string sql) => Assert.Contains("Only one statement", OneQuery.MistakeIn(sql), StringComparison.Ordinal);

    [Theory]
    [InlineData("select 'open")]
    [InlineData("select `open")]
    [InlineData("select 1 /* open")]
    [InlineData("select 1 /* open /* */")]
    [InlineData("select 'a\\'")]
    public void WhatIsNotClosedIsRefused(string sql) => Assert.Contains("not closed", OneQuery.MistakeIn(sql), StringComparison.Ordinal);

    [Theory]
    [InlineData("select reflect('java.lang.System', 'exit', 1)")]
    [InlineData("select `java_method` ('java.lang.System', 'exit', 1)")]
    [InlineData("select REFLECT /* */ ('java.lang.System', 'exit', 1)")]
    [InlineData("select builtin.try_reflect('a', 'b')")]
    [InlineData("select identifier('reflect')('java.lang.System', 'exit', 1)")]
    [InlineData("select transform(a) using 'rm' from t")]
    [InlineData("select transform(a) using r'rm' from t")]
    public void WhatDoesMoreThanAskIsRefused(string sql) => Assert.Contains("only asks", OneQuery.MistakeIn(sql), StringComparison.Ordinal);

    [Theory]
    [InlineData("with a as (select 1) insert into t select * from a", true)]
    [InlineData("(from t select a)", true)]
    [InlineData("select 1", false)]
    public void OnlySparkCanTellWhatFollowsWithAndFrom(string sql, bool isDoubtful) =>
        Assert.Equal(isDoubtful, OneQuery.IsDoubtful(OneQuery.Of(new BoundSql(sql))));
}
