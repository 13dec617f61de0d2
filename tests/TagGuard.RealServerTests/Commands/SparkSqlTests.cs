using TagGuard.Adapters.Command;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Commands;

/// <summary>`spark-sql -S -e`, Spark's own shell, which is a Spark of its own each time: so each question asks for much.</summary>
public sealed class SparkSqlTests : IDisposable
{
    static readonly DateOnly Date = new(2026, 1, 2);

    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-spark-sql-").FullName;

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OddTextsTimesAndRowsComeAsTheyAreAndATypoInOneLine()
    {
        Engines.Require();

        var text = await RowsAsync($"select '{OddText.Literal}' as a, cast(@date as string) as b -- ';\n where 1 = 1");
        var time = await RowsAsync("select cast(concat(@date, ' 09:00:00.5') as timestamp), null");
        var rows = await RowsAsync("select map('a', id) as m, if(id = 3, null, id) as n from range(100000) order by id");
        var none = await RowsAsync("select id from range(10) where id > 99");
        var typo = await Assert.ThrowsAsync<SourceException>(() => RowsAsync("select no_such_column from range(1)"));
        var absent = await Assert.ThrowsAsync<SourceException>(() => RowsAsync("select * from nothing_there"));

        Assert.Equal((1L, OddText.Text), (text.Rows, text.First));
        Assert.Equal((1L, (object)new DateTime(2026, 1, 2, 9, 0, 0, 500)), (time.Rows, time.First));
        Assert.Equal(100_000L, rows.Rows);
        Assert.Equal((0L, null), (none.Rows, none.First));
        Assert.Contains("[UNRESOLVED_COLUMN.WITH_SUGGESTION]", typo.Message, StringComparison.Ordinal);
        Assert.Contains("no_such_column", typo.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", typo.Message, StringComparison.Ordinal);
        Assert.Equal((false, true), (typo.IsAbsent, absent.IsAbsent));
    }

    async Task<RowsAnswer> RowsAsync(string sql)
    {
        var plan = new CommandConnectionPlan
        {
            Command =
            [
                Engines.Script, "pyspark", "--class", "org.apache.spark.sql.hive.thriftserver.SparkSQLCLIDriver", "spark-internal",
                "-S", "-e", "{sql}",
            ],
            Dialect = CommandDialect.Spark,
            // Its tables' names lie in a folder of its own, which one process may have at a time.
            Environment = new Dictionary<string, string> { ["TAGGUARD_ENGINES_STATE"] = _folder, ["LC_ALL"] = "C" },
        };
        await using var source = plan.Open("source", "/", TimeProvider.System);
        return await ((IRowsSource)source).RowsAsync(sql, Date, Token);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
