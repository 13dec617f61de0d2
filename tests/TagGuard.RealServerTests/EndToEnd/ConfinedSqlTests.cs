using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>SQL of a plan on DuckDB, as the built program takes it.</summary>
public sealed class ConfinedSqlTests
{
    [Theory]
    [InlineData("copy (select 1) to '{folder}/made.csv'")]
    [InlineData("attach '{folder}/made.duckdb' as made")]
    [InlineData("export database '{folder}/made'")]
    [InlineData("select 1; copy (select 1) to '{folder}/made.csv'")]
    [InlineData("install httpfs")]
    [InlineData("set enable_external_access = true")]
    [InlineData("select 1 from read_text('/etc/passwd')")]
    [InlineData("select 1 from glob('/etc/passwd')")]
    [InlineData("select 1 from read_csv('http://127.0.0.1:1/x.csv')")]
    [InlineData("select 1 from enable_logging(storage := 'file', storage_path := '/tmp')")]
    public async Task WhatIsNoQuestionOrLooksElsewhereIsUnknownAndClosesTheGate(string sql)
    {
        using var logs = new LogTables("", "  warehouse: { type: duckdb, path: . }\n");
        var check =
            $"  tags:\n    - name: asks\n      rows: {{ connection: warehouse, sql: "
                + $"\"{sql.Replace("{folder}", logs.Folder, StringComparison.Ordinal)}\", at_least: 1 }}\n";
        await File.AppendAllTextAsync(Path.Combine(logs.Folder, "tagguard.yaml"), check, TestContext.Current.CancellationToken);
        await logs.Job().Step("load_dw").Step("load_login").InitAsync();

        var tags = (await logs.Tagguard.RunAsync("tags", "--date", LogTables.Date)).Expect(2);

        Assert.False((bool)tags.Line["stages"]![0]!["open"]!);
        Assert.Equal("unknown", logs.Stored("select lower(verdict) from verdict where check_name = 'asks'"));
        Assert.Empty(Directory.GetFileSystemEntries(logs.Folder, "made*"));
        Assert.NotEqual(0, (await logs.Tagguard.RunAsync("gate", "--date", LogTables.Date, "--stage", "tags")).Exit);
    }
}
