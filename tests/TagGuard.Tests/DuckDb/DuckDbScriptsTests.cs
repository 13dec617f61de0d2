using TagGuard.Adapters.DuckDb;

namespace TagGuard.Tests.DuckDb;

/// <summary>Of a script, every statement runs, wherever its lines end.</summary>
public sealed class DuckDbScriptsTests : IDisposable
{
    static readonly DateOnly Date = new(2026, 1, 2);

    readonly string _file = Path.GetTempFileName();
    readonly DuckDbScripts _scripts = new("1GB");

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _scripts.Dispose();
        File.Delete(_file);
    }

    [Theory]
    [InlineData("create table t (text varchar);\ninsert into t values ('a');\ninsert into t values ('b');\n")]
    [InlineData("create table t (text varchar); insert into t values ('a'); insert into t values ('b')")]
    [InlineData("create table t (text varchar);\r\ninsert into t values ('a');\r\ninsert into t values ('b');\r\n")]
    [InlineData("-- a; table\ncreate table t (text varchar); -- of\ninsert into t values ('a'), /* ; */ ('b');\n-- the end;\n")]
    public void EveryStatementRuns(string script)
    {
        Run(script);

        Assert.Equal("a b", Text());
    }

    [Fact]
    public void ASemicolonAtTheEndOfALineOfTextEndsNoStatement()
    {
        Run("create table t (text varchar);\ninsert into t values ('first;\nsecond');");

        Assert.Equal("first;\nsecond", Text());
    }

    [Fact]
    public void ValuesAndDatesAreFilledIn()
    {
        Run("create table t (text varchar);\ninsert into t values ('{name}'), ('{date:yyyyMMdd}');", ("name", "it's"));

        Assert.Equal("it's 20260102", Text());
    }

    [Fact]
    public void AStatementThatFailsNamesTheFileAndEndsTheScript()
    {
        var fault = Assert.Throws<InvalidOperationException>(() =>
            Run("create table t (text varchar);\ninsert into nowhere values (1);\ninsert into t values ('a');"));

        Assert.StartsWith(_file + ": ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Text());
    }

    [Fact]
    public void OfAScriptThatIsNotSqlNothingRuns()
    {
        Assert.Contains(
            "syntax error",
            Assert.Throws<InvalidOperationException>(() => Run("create table t (text varchar);\nselec 1;")).Message,
            StringComparison.Ordinal);

        Assert.Throws<DuckDbException>(Text);
    }

    void Run(string script, params (string Name, string Value)[] values)
    {
        File.WriteAllText(_file, script);
        _scripts.Run(_file, values.ToDictionary(value => value.Name, value => value.Value), Date, Token);
    }

    string Text() => string.Join(' ', _scripts.Rows("select text from t", Token).Select(row => row[0]));
}
