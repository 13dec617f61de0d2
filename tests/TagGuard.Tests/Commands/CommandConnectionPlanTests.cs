using TagGuard.Adapters.Command;

namespace TagGuard.Tests.Commands;

/// <summary>`type: command` in the plan.</summary>
public sealed class CommandConnectionPlanTests
{
    [Fact]
    public void APlanNamesAProgramAndThePlaceOfTheStatement()
    {
        Assert.Empty(Keys(["beeline", "-e", "{sql}"]));
        Assert.Empty(Keys(["./client.sh", "--query={sql}"]));
        Assert.Empty(Keys(["bash", "client.sh", "-e", "{sql}"]));
        Assert.Empty(Keys(["beeline", "-f", "{file}"]));
        Assert.Equal(["command"], Keys([]));
        Assert.Equal(["command"], Keys([""]));
        Assert.Equal(["command"], Keys(["beeline", "-e"]));
        Assert.Equal(["command"], Keys(["beeline {sql}"]));
        Assert.Equal(["command"], Keys(["beeline", "{sql}", "{sql}"]));
        Assert.Equal(["command"], Keys(["beeline", "{sql} {file}"]));
        Assert.Equal(["timeout"], Keys(["beeline", "{sql}"], timeout: TimeSpan.Zero));
        Assert.Equal(["environment"], Keys(["beeline", "{sql}"], variable: "A=B"));
    }

    [Fact]
    public void AShellIsNeverGivenAStatement()
    {
        Assert.Equal(["command"], Keys(["bash", "-c", "beeline -e {sql}"]));
        Assert.Equal(["command"], Keys(["sudo", "/bin/sh", "-lc", "{sql}"]));
        Assert.Equal(["command"], Keys(["/usr/bin/ssh", "gate", "beeline", "-e", "{sql}"]));
    }

    [Theory]
    [InlineData(@"select 'plain 2026-01-02 a.b'", @"select 'plain 2026-01-02 a.b'")]
    [InlineData("select\n  1,\t'a\nb\tc'", @"select   1, 'a\u000ab\u0009c'")]
    [InlineData(@"select 'it\'s \; \\; \n \% \_ \x '", @"select 'it\u0027s \u003b \\\u003b \n \% \_ \x '")]
    [InlineData("select \"a'b\", '', '😀'", @"select ""a\u0027b"", '', '\ud83d\ude00'")]
    [InlineData("select '--', '---', '- -', '2026-01-02'", @"select '-\u002d', '-\u002d-', '- -', '2026-01-02'")]
    [InlineData("select `标签`, `a``b` from `x y`", "select `标签`, `a``b` from `x y`")]
    public void AStatementIsOneLineWhoseTextsAreInAscii(string sql, string line) => Assert.Equal(line, ClientText.Of(sql));

    [Theory]
    [InlineData("select `a;b`")]
    [InlineData("select `a\nb`")]
    [InlineData("select `it's`")]
    [InlineData("select `${x}`")]
    public void ANameThatAClientWouldReadOtherwiseIsRefused(string sql) => Assert.Throws<InvalidDataException>(() => ClientText.Of(sql));

    static IEnumerable<string?> Keys(string[] command, TimeSpan? timeout = null, string variable = "A") => new CommandConnectionPlan
    {
        Command = command,
        Dialect = CommandDialect.Hive,
        Timeout = timeout ?? TimeSpan.FromMinutes(1),
        Environment = new Dictionary<string, string> { [variable] = "x" },
    }.Mistakes().Select(mistake => mistake.Key);
}
