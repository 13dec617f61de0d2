using TagGuard.Adapters.Sqlite;

namespace TagGuard.Tests.Adapters;

/// <summary>A text that is prepared is one statement: SQLite would prepare the first, and leave out the others without a word.</summary>
public sealed class SqliteStatementTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-").FullName;
    readonly SqliteDatabase _database;

    public SqliteStatementTests() => _database = SqliteDatabase.Open(Path.Combine(_folder, "t.db"), Access.Create, TimeSpan.Zero);

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("select 1")]
    [InlineData("-- What is it?\nselect\n  1\n")]
    [InlineData("select 1;\n")]
    [InlineData("select 1; -- that is all; really\n")]
    [InlineData("select 1 /* ; select 2 */ ; /* and */ ;; -- done")]
    public void OneStatementIsRunWhateverStandsAroundIt(string sql) => Assert.Equal(1, _database.Number(sql));

    [Theory]
    [InlineData("select 1; select 2")]
    [InlineData("select 1;\nselect 2;\n")]
    [InlineData("select 1; -- first\ndelete from t")]
    [InlineData("select 1; nonsense")]
    [InlineData("select 1; 'open")]
    public void ASecondStatementIsRefusedAndNotLeftOut(string sql) =>
        Assert.True(Assert.Throws<SqliteFault>(() => _database.Number(sql)).IsMoreThanOne);
}
