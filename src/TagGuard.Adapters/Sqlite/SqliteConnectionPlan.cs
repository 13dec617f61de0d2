using System.ComponentModel.DataAnnotations;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Keys;
using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Adapters.Sqlite;

/// <summary>`sqlite`: a SQLite file, as the store or as a source.</summary>
public sealed record SqliteConnectionPlan : TableConnectionPlan, IStorePlan
{
    [Required, PlanKey("The file; relative to the plan's folder.", Example = "tagguard.db")]
    public string Path { get; init; } = "";

    public override bool HoldsTables => true;

    public override IReadOnlyList<Type> Capabilities => [typeof(IRowsSource), typeof(ITableSource), typeof(ICountSource)];

    public override ISource Open(string name, string folder, TimeProvider clock) =>
        new SqlSource<SqliteSession>(name, new SqliteWire(FileIn(folder), TimeSpan.FromSeconds(15)));

    public IRunStore OpenStore(string folder, TimeProvider clock) => new SqliteRunStore(FileIn(folder), clock);

    string FileIn(string folder) => System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, Path));
}
