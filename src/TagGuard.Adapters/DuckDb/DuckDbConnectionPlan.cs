using System.ComponentModel.DataAnnotations;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>`type: duckdb`: a folder in Hive layout, a folder of Parquet or CSV files, or a .duckdb file, read by the embedded DuckDB.</summary>
public sealed record DuckDbConnectionPlan : TableConnectionPlan, IPlanPart
{
    [
        Required,
        PlanKey(
            "A warehouse folder (`dw.orders` is dw.db/orders in it, as Hive lays it out; a file's name is that file) or a .duckdb file.",
            Example = "warehouse")
    ]
    public string Path { get; init; } = "";

    [PlanKey("Most memory that a query may use; above it, it spills to disk. Default 1GB.", Example = "1GB")]
    public string MemoryLimit { get; init; } = "1GB";

    [PlanKey("Folder for what a query spills to disk. Default: the system's folder for temporary files.", Example = "/data/tmp")]
    public string? TempFolder { get; init; }

    [Range(1, 1024), PlanKey("Threads of a query. Default: all cores.")]
    public int? Threads { get; init; }

    public override IReadOnlyList<Type> Capabilities =>
        [typeof(ICountSource), typeof(IVolumeSource), typeof(IRowsSource), typeof(ITableSource), typeof(IKeyedSource)];

    public override ISource Open(string name, string folder, TimeProvider clock) =>
        new DuckDbSource(name, new DuckDbWire(name, folder, System.IO.Path.GetFullPath(Path, folder), this));

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (!MemoryLimit.TrimEnd().EndsWith('B') || !char.IsAsciiDigit(MemoryLimit.TrimStart().FirstOrDefault()))
            yield return ("memory_limit", $"\"{MemoryLimit}\" is not an amount of memory: write 512MB or 4GB.");
    }
}
