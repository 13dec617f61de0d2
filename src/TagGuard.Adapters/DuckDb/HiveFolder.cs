using TagGuard.Adapters.Files;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>
/// A warehouse folder as Hive lays it out: `db.table` with partition `data_date=20111115` is `db.db/table/data_date=20111115/`; the database
/// `default` has no folder of its own. A table whose name ends in .parquet or .csv is that file.
/// </summary>
sealed class HiveFolder(string root)
{
    /// <summary>Partition columns are text, as in Hive; guessing would turn 20111115 into a number.</summary>
    const string Partitions = "hive_partitioning = true, hive_types_autocast = false";

    static readonly string[] Text = [".csv", ".csv.gz", ".tsv", ".tsv.gz"];

    /// <summary>The files that hold a part of a table, hidden ones (`_SUCCESS`, `.crc`) left out.</summary>
    /// <exception cref="DataAbsentException">The table, the partition or the file is not there.</exception>
    public IReadOnlyList<string> FilesOf(TablePart part)
    {
        if (IsFile(part.Table))
        {
            var file = Inside(part.Table);
            LocalPath.NeedRegular(file);
            return File.Exists(file) ? [file] : throw new DataAbsentException($"There is no file {file}.");
        }
        var table = Inside(FolderOf(part.Table));
        if (!Directory.Exists(table))
            throw new DataAbsentException($"There is no table {part.Table}: no folder {table}. Check `table`, and `path` of the connection.");
        if (part.Partition is null)
            return FilesIn(table);
        var folder = Inside(Path.Combine(table, $"{part.Partition}={part.Value}"));
        return Directory.Exists(folder)
            ? FilesIn(folder)
            : throw new DataAbsentException($"{part.Table} has no partition {part.Partition}={part.Value}; {NewestOf(table, part.Partition)}.");
    }

    /// <summary>Where the files of a part lie, whether it is there or not: a pattern for the table function. Touches nothing.</summary>
    public string PatternOf(TablePart part) => IsFile(part.Table)
        ? Path.Combine(root, part.Table)
        : Path.Combine(root, part.Partition is null ? FolderOf(part.Table) : Path.Combine(FolderOf(part.Table), $"{part.Partition}={part.Value}"), "**");

    /// <summary>The table function that reads these files.</summary>
    public static string Reader(IReadOnlyList<string> files) => IsText(files[0])
        ? $"read_csv({Sql.List(files)}, header = true, all_varchar = true, {Partitions})"
        : $"read_parquet({Sql.List(files)}, {Partitions})";

    /// <summary>The tables that are named in a query, which DuckDB would not know by itself.</summary>
    public IEnumerable<TablePart> TablesIn(string sql)
    {
        if (!Directory.Exists(root))
            yield break;
        foreach (var database in Directory.EnumerateDirectories(root, "*.db"))
        {
            var schema = Path.GetFileNameWithoutExtension(database);
            foreach (var table in Directory.EnumerateDirectories(database).Select(folder => $"{schema}.{Path.GetFileName(folder)}"))
            {
                if (sql.Contains(table, StringComparison.OrdinalIgnoreCase))
                    yield return new TablePart(table, null, null, null);
            }
        }
    }

    /// <summary>A whole table as a view of its name: the statements that make it, none when it has no files.</summary>
    public IEnumerable<string> ViewOf(TablePart table)
    {
        if (FilesOf(table) is not { Count: > 0 } files)
            yield break;
        yield return $"create schema if not exists {Sql.Name(table.Table.Split('.')[0])}";
        yield return $"create or replace view {Sql.Name(table.Table)} as select * from {Reader(files)}";
    }

    /// <summary>The folders outside of this one to which links lead from the files of a part.</summary>
    public IEnumerable<string> LinkedFrom(TablePart part)
    {
        var home = WithSlash(LocalPath.Real(root));
        return FilesOf(part).Select(file => Path.GetDirectoryName(LocalPath.Real(file))!).Distinct().Where(folder => !WithSlash(folder).StartsWith(home, StringComparison.Ordinal));
    }

    static string WithSlash(string folder) => folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar;

    /// <summary>A table's folder within this one.</summary>
    static string FolderOf(string table)
    {
        var dot = table.IndexOf('.', StringComparison.Ordinal);
        var database = dot < 0 ? "default" : table[..dot];
        var name = table[(dot + 1)..];
        return database == "default" ? name : Path.Combine(database + ".db", name);
    }

    /// <exception cref="InvalidDataException">The name leads out of the folder.</exception>
    string Inside(string name)
    {
        var path = Path.GetFullPath(Path.Combine(root, name));
        return path.StartsWith(WithSlash(root), StringComparison.Ordinal)
            ? path
            : throw new InvalidDataException($"{name} leads out of the folder {root}: correct `table`, or the value of its partition.");
    }

    static List<string> FilesIn(string folder)
    {
        // What Hive itself skips: names that start with _ or a dot, in any folder below (staging folders among them).
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(step => step[0] is '_' or '.'))
            .Where(file => new FileInfo(file).Length > 0 || LocalPath.IsSpecial(file))
            .Order(StringComparer.Ordinal)
            .ToList();
        files.ForEach(LocalPath.NeedRegular);
        return files;
    }

    static string NewestOf(string table, string partition)
    {
        var newest = Directory.EnumerateDirectories(table, partition + "=*").Select(Path.GetFileName).Max(StringComparer.Ordinal);
        return newest is null ? "it has none at all" : $"its newest is {newest}";
    }

    static bool IsFile(string table) => table.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) || IsText(table);

    static bool IsText(string file) => Text.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What was asked for is not there (yet).</summary>
sealed class DataAbsentException(string message) : Exception(message);
