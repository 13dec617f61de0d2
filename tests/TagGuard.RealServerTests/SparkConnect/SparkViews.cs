using TagGuard.SourceContracts;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>Views of any name over rows: Hive's metastore takes only plain names for tables.</summary>
public sealed class SparkViews : ISourceTables
{
    readonly List<string> _names = [];

    public string Endless => new SparkTables().Endless;

    public string NameOf(string table) => $"global_temp.{table}";

    public async ValueTask MakeAsync() => await Spark.UpAsync();

    public async Task AddAsync(SourceTable table)
    {
        _names.Add(table.Name);
        var rows = table.Rows.Select(row => $"({string.Join(", ", row.Select((value, i) => SparkTables.Literal(table.Columns[i], value)))})");
        var columns = string.Join(", ", table.Columns.Select(column => Quoted(column.Name)));
        await Spark.RunAsync(
            $"create or replace global temporary view {Quoted(table.Name)} as select * from values {string.Join(", ", rows)} as t({columns})");
    }

    public ISource Open() => Spark.Source();

    public ValueTask<IAsyncDisposable> DisturbAsync() => throw new NotSupportedException();

    public async ValueTask DisposeAsync() => await Spark.RunAsync(_names.Select(name => $"drop view if exists global_temp.{Quoted(name)}"));

    static string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
