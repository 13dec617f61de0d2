using TagGuard.Adapters.Files;
using TagGuard.Adapters.Sources.Sql;
using TagGuard.Sources;

namespace TagGuard.Adapters.DuckDb;

/// <summary>
/// A warehouse folder as Hive lays it out: `db.table` with partition `data_date=20111115` is `db.db/table/data_date=20111115/`; the database
/// `default` has no folder of its own. A table whose name ends in .parquet or .csv is that file.
/// </summary>
sealed class HiveLayoutFolder(string root)
{
    /// <summary>Partition columns are text, as in Hive; guessing would turn 20111115 into a number.</summary>
    const string Partitions = "hive_partitioning = true, hive_types_autocast = false";

    static readonly string[] Text = [".csv", ".csv.gz", ".tsv", ".tsv.gz"];

    /// <summary>The files that hold a part of a table, hidden ones (`_SUCCESS`, `.crc`) left out.</summary>
    /// <exception cref="DataAbsentException">The table, the partition or the file is not there.</exception>
    /// <exception cref="IOException">One of them is empty, or leads nowhere: half a load must not be counted as a whole one.</exception>
    /// <exception cref="InvalidDataException">What is there cannot be a table's files.</exception>
    public IReadOnlyList<string> FilesOf(TablePart part)
    {
        if (IsFile(part.Table))
        {
            var file = Inside(part.Table);
            return FileStatus.Of(file).Kind != FileKind.Absent ? Whole([FileAt(file)]) : throw new DataAbsentException($"There is no file {file}.");
        }
        return Whole(FilesIn(PlaceOf(part)));
    }

    /// <summary>The folder of a part that is no file.</summary>
    string PlaceOf(TablePart part)
    {
        var table = Inside(FolderOf(part.Table));
        if (!Directory.Exists(table))
            throw new DataAbsentException($"There is no table {part.Table}: no folder {table}. Check `table`, and `path` of the connection.");
        if (part.Partition is null)
            return table;
        var folder = Inside(Path.Combine(table, $"{part.Partition}={part.Value}"));
        return Directory.Exists(folder)
            ? folder
            : throw new DataAbsentException($"{part.Table} has no partition {part.Partition}={part.Value}; {NewestOf(table, part.Partition)}.");
    }

    /// <summary>Where the files of a part lie, whether it is there or not: a pattern for the table function. Touches nothing.</summary>
    public string PatternOf(TablePart part) =>
        IsFile(part.Table)
            ? Path.Combine(root, part.Table)
            : Path.Combine(
                root,
                part.Partition is null ? FolderOf(part.Table) : Path.Combine(FolderOf(part.Table), $"{part.Partition}={part.Value}"),
                "**");

    /// <summary>The table function that reads these files.</summary>
    public static string Reader(IReadOnlyList<string> files) => IsText(files[0])
        ? $"read_csv({DuckDbDialect.Literals(files)}, header = true, all_varchar = true, {Partitions})"
        : $"read_parquet({DuckDbDialect.Literals(files)}, {Partitions})";

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
        if (FilesIn(PlaceOf(table)) is not { Count: > 0 } files)
            yield break;
        // An empty file of another date is no concern of the query: Parquet's are left to DuckDB, which refuses them when it reads them, and takes
        // the columns from the first. It would read an empty text as no rows.
        var paths = IsText(files[0].Path) ? Whole(files) : [.. files.OrderBy(file => file.Bytes == 0).Select(file => file.Path)];
        yield return $"create schema if not exists {DuckDbDialect.Instance.Table(table.Table.Split('.')[0])}";
        yield return $"create or replace view {DuckDbDialect.Instance.Table(table.Table)} as select * from {Reader(paths)}";
    }

    /// <summary>The folders outside of this one to which links lead from the files of a part.</summary>
    public IEnumerable<string> LinkedFrom(TablePart part)
    {
        var home = WithSlash(LocalPath.Real(root));
        var files = IsFile(part.Table) ? FilesOf(part) : [.. FilesIn(PlaceOf(part)).Select(file => file.Path)];
        return files
            .Select(file => Path.GetDirectoryName(LocalPath.Real(file))!)
            .Distinct()
            .Where(folder => !WithSlash(folder).StartsWith(home, StringComparison.Ordinal));
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

    /// <summary>The paths of files that are all whole as far as their size tells, and all of one kind.</summary>
    static IReadOnlyList<string> Whole(List<DataFile> files)
    {
        var empty = files.Where(file => file.Bytes == 0).ToList();
        if (empty.Count > 0)
        {
            var others = empty.Count > 1 ? $", and so are {empty.Count - 1} more" : "";
            throw new IOException(
                $"{empty[0].Path} is empty (0 bytes){others}: a load is still writing, or was broken off. Run the load again, or remove the file if "
                    + "its part has no rows.");
        }
        if (files.FirstOrDefault(file => IsText(file.Path) != IsText(files[0].Path)) is { Path: not null } other)
            throw new InvalidDataException(
                $"{files[0].Path} and {other.Path} are of one part, and one is text and the other is not: remove what does not belong there.");
        foreach (var packed in files.Where(file => Gzip.IsPacked(file.Path)))
            NeedWhole(packed.Path);
        return [.. files.Select(file => file.Path)];
    }

    static void NeedWhole(string path)
    {
        try
        {
            Gzip.NeedWhole(path);
        }
        catch (InvalidDataException fault)
        {
            throw new IOException(
                $"{path} cannot be unpacked to its end, for a load is still writing or was broken off, or it is not gzip: {fault.Message}",
                fault);
        }
    }

    static List<DataFile> FilesIn(string folder)
    {
        var files = new List<DataFile>();
        Collect(folder, [FileStatus.Of(folder).Identity], files);
        files.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return files;
    }

    /// <param name="folder">Where to look.</param>
    /// <param name="above">It and the folders above it: a symbolic link to one of these would have its files counted again and again.</param>
    /// <param name="files">What was found.</param>
    static void Collect(string folder, List<(uint, uint, ulong)> above, List<DataFile> files)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder))
        {
            // What Hive itself skips: names that start with _ or a dot, in any folder below (staging folders among them).
            if (Path.GetFileName(path)[0] is '_' or '.')
                continue;
            var status = FileStatus.Of(path);
            if (status.Kind != FileKind.Folder)
            {
                files.Add(FileAt(path));
                continue;
            }
            if (above.Contains(status.Identity))
                throw new InvalidDataException(
                    $"{path} is a symbolic link to a folder above it, so its files would be counted again and again: remove it.");
            above.Add(status.Identity);
            Collect(path, above, files);
            above.RemoveAt(above.Count - 1);
        }
    }

    static DataFile FileAt(string path)
    {
        var status = FileStatus.Of(path);
        return status.Kind switch
        {
            FileKind.File => new DataFile(path, status.Bytes),
            FileKind.DanglingLink => throw new IOException(
                $"{path} is a symbolic link to {FileStatus.TargetOf(path)}, which is not there: part of the data is missing."),
            FileKind.Special => throw new InvalidDataException(FileStatus.NotRegular(path)),
            _ => throw new InvalidDataException($"{path} is not a file that holds data: remove what does not belong there."),
        };
    }

    static string NewestOf(string table, string partition)
    {
        var newest = Directory.EnumerateDirectories(table, partition + "=*").Select(Path.GetFileName).Max(StringComparer.Ordinal);
        return newest is null ? "it has none at all" : $"its newest is {newest}";
    }

    static bool IsFile(string table) => table.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) || IsText(table);

    static bool IsText(string file) => Text.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A file of a table.</summary>
readonly record struct DataFile(string Path, long Bytes);
