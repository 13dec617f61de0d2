using System.Diagnostics;
using System.Text.RegularExpressions;
using TagGuard.Adapters.DuckDb;
using TagGuard.SourceContracts;
using TagGuard.Sources;

namespace TagGuard.Tests.DuckDb;

/// <summary>Tables that DuckDB reads, in a folder of their own.</summary>
public abstract class DuckDbSourceTables : ISourceTables
{
    private protected string Folder { get; } = Directory.CreateTempSubdirectory("tagguard-test-").FullName;

    /// <summary>What the plan's `path` is.</summary>
    private protected virtual string Place => Folder;

    public string Endless => "select count(*) from range(1000000) a(i), range(1000000) b(j) where (i * j) % 7 = 11";

    public ValueTask MakeAsync() => ValueTask.CompletedTask;

    public abstract Task AddAsync(SourceTable table);

    public virtual string NameOf(string table) => table;

    public ISource Open() => new DuckDbConnectionPlan { Path = Place }.Open("source", Folder, TimeProvider.System);

    public abstract ValueTask<IAsyncDisposable> DisturbAsync();

    public virtual string AsPlanned(string asked) => asked;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected static IEnumerable<string> Script(SourceTable table) =>
        SourceScript.Of(table, DuckDbDialect.Column, TypeOf, text => $"decode({Bytes(text)})", Bytes);

    static string Bytes(string digits) => $"unhex('{digits}')";

    static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Whole => "bigint",
        ColumnKind.Natural => "ubigint",
        ColumnKind.Fixed => "decimal(38, 10)",
        ColumnKind.Boolean => "boolean",
        ColumnKind.Date => "date",
        ColumnKind.Time => "timestamp",
        ColumnKind.Bytes => "blob",
        _ => "varchar",
    };
}

/// <summary>A .duckdb file.</summary>
public sealed class DuckDbFileTables : DuckDbSourceTables
{
    private protected override string Place => Path.Combine(Folder, "service's.duckdb");

    public override Task AddAsync(SourceTable table)
    {
        TestWarehouse.Run(Place, [.. Script(table)]);
        return Task.CompletedTask;
    }

    /// <summary>Another process holds the lock of the file, as one that writes it does: fcntl(2), which only other processes meet.</summary>
    public override async ValueTask<IAsyncDisposable> DisturbAsync()
    {
        const string Lock = """
            use Fcntl; open my $file, '+<', $ARGV[0] or die; my $all = pack('s s x4 q q i', F_WRLCK, 0, 0, 0, 0);
            fcntl($file, F_SETLK, $all) or die; $| = 1; print "locked\n"; <STDIN>;
            """;
        if (!File.Exists("/usr/bin/perl"))
            Assert.Skip("/usr/bin/perl is not there: apt-get install perl-base");
        var start = new ProcessStartInfo("/usr/bin/perl", ["-e", Lock, Place]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var holder = Process.Start(start)!;
        Assert.Equal("locked", await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        return new Disturbance(() =>
        {
            holder.StandardInput.Close();
            holder.WaitForExit();
            holder.Dispose();
        });
    }
}

/// <summary>A folder in Hive layout: a partition's column is in no file, but in the name of its folder.</summary>
public abstract partial class DuckDbFolderTables(string file) : DuckDbSourceTables
{
    /// <summary>SQL knows the tables of databases that have a folder of their own.</summary>
    public override string NameOf(string table) => "dw." + table;

    string HomeOf(string table) => Path.Combine(Folder, "dw.db", table);

    public override Task AddAsync(SourceTable table)
    {
        var home = Directory.CreateDirectory(HomeOf(table.Name)).FullName;
        if (table.Partition is null)
        {
            if (table.Rows.Count > 0)
                Write(table, home, "select *");
            return Task.CompletedTask;
        }
        foreach (var value in table.Rows.Select(row => row[table.At(table.Partition)]!).Distinct())
        {
            var rows = table.Rows.Where(row => row[table.At(table.Partition)] == value);
            var folder = Directory.CreateDirectory(Path.Combine(home, $"{table.Partition}={value}")).FullName;
            Write(table with { Rows = [.. rows] }, folder, $"select * exclude ({DuckDbDialect.Column(table.Partition)})");
        }
        return Task.CompletedTask;
    }

    void Write(SourceTable table, string folder, string select)
    {
        var to = DuckDbDialect.Literal(Path.Combine(folder, file));
        TestWarehouse.Run(null, [.. Script(table), $"copy ({select} from {DuckDbDialect.Column(table.Name)}) to {to} {Format}"]);
    }

    string Format => file.EndsWith(".csv", StringComparison.Ordinal) ? "(header)" : "(format parquet)";

    /// <summary>A dry run does not look: a pattern stands for the files, and it takes them for Parquet.</summary>
    public override string AsPlanned(string asked) => Files().Replace(asked, match =>
        $"read_parquet(['{Folder}/dw.db/{(match.Groups[2].Success ? "orders/**" : match.Groups[1].Value + "/**")}'], hive_partitioning");

    /// <summary>Half a load: a file that is there and empty.</summary>
    public override ValueTask<IAsyncDisposable> DisturbAsync()
    {
        var half = Path.Combine(HomeOf("orders"), "data_date=20260102", "part-1" + Path.GetExtension(file));
        File.WriteAllBytes(half, []);
        return ValueTask.FromResult<IAsyncDisposable>(new Disturbance(() => File.Delete(half)));
    }

    [GeneratedRegex(
        @"read_(?:parquet|csv)\(\['[^']*/dw\.db/([^']*)/part-0\.[a-z]+'(, '[^']*')*\],(?: header = true, all_varchar = true,)? hive_partitioning")]
    private static partial Regex Files();
}

/// <summary>A folder of Parquet files.</summary>
public sealed class ParquetTables() : DuckDbFolderTables("part-0.parquet");

/// <summary>A folder of CSV files: all columns are text, and an empty text is NULL.</summary>
public sealed class CsvTables() : DuckDbFolderTables("part-0.csv");
