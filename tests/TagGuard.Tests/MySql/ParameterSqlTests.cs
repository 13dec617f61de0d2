using TagGuard.Adapters.MySql.Driver;

namespace TagGuard.Tests.MySql;

/// <summary>Where a name in SQL is a parameter, and where it is not.</summary>
public sealed class ParameterSqlTests
{
    [Theory]
    [InlineData("select @a", "select ?", 0)]
    [InlineData("select @b,@a,@B", "select ?,?,?", 1, 0, 1)]
    [InlineData("@a+@b-@a", "?+?-?", 0, 1, 0)]
    [InlineData("(@a)", "(?)", 0)]
    [InlineData("'@a' @a", "'@a' ?", 0)]
    [InlineData("'it''s @b' @a", "'it''s @b' ?", 0)]
    [InlineData(@"'it\'s @b' @a", @"'it\'s @b' ?", 0)]
    [InlineData(@"'\\' @a", @"'\\' ?", 0)]
    [InlineData("\"@b\"\" @b\" @a", "\"@b\"\" @b\" ?", 0)]
    [InlineData(@"`@b\` @a", @"`@b\` ?", 0)]
    [InlineData("`a``@b` @a", "`a``@b` ?", 0)]
    [InlineData("@a -- @b\n, @a", "? -- @b\n, ?", 0, 0)]
    [InlineData("@a --@b", "? --?", 0, 1)]
    [InlineData("@a # @b\n@a", "? # @b\n?", 0, 0)]
    [InlineData("@a #@b", "? #@b", 0)]
    [InlineData("@a --", "? --", 0)]
    [InlineData("/* @b ' */ @a", "/* @b ' */ ?", 0)]
    [InlineData("/*+ hint(@b) */ @a", "/*+ hint(@b) */ ?", 0)]
    [InlineData("/*! @a */ @b", "/*! ? */ ?", 0, 1)]
    [InlineData("/*!50700 @a*/", "/*!50700 ?*/", 0)]
    [InlineData("/*M! @a */", "/*M! ? */", 0)]
    [InlineData("@@a, @@session.a, @a", "@@a, @@session.a, ?", 0)]
    [InlineData("u@a, 'u'@a, `u`@'b', @a", "u@a, 'u'@a, `u`@'b', ?", 0)]
    [InlineData("@`b`, @'b', @a", "@`b`, @'b', ?", 0)]
    [InlineData("'unclosed @a", "'unclosed @a")]
    [InlineData("/* unclosed @a", "/* unclosed @a")]
    [InlineData("@abc, @a", "@abc, ?", 0)]
    public void ANameIsAParameterOutsideOfQuotesAndComments(string sql, string expected, params int[] order)
    {
        string[] names = order.Contains(1) ? ["a", "b"] : order.Length > 0 ? ["a"] : [];

        var parsed = new ParameterSql(sql, names, allowUserVariables: true);

        Assert.Equal(expected, parsed.Text);
        Assert.Equal(order, parsed.Order);
    }

    [Fact]
    public void ANameWithoutAParameterIsRefusedUnlessVariablesAreAllowed()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => new ParameterSql("select @date", ["dat"], allowUserVariables: false));

        Assert.Contains("@date is in the SQL", fault.Message, StringComparison.Ordinal);
        Assert.Contains("AllowUserVariables=true", fault.Message, StringComparison.Ordinal);
        Assert.Contains("@dat is not in the SQL", Assert.Throws<InvalidOperationException>(() => new ParameterSql("select @date", ["dat"], allowUserVariables: true)).Message, StringComparison.Ordinal);
    }
}
