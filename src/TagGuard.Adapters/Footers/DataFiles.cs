using System.Text.RegularExpressions;
using TagGuard.Sources;

namespace TagGuard.Adapters.Footers;

/// <summary>The files that Hive and Spark read of a partition's folder.</summary>
sealed partial class DataFiles(IPathSource source)
{
    const int MostFiles = 1_000_000;
    const int MostLevels = 30;

    /// <summary>What the name of a file ends with until `hdfs dfs -put` has copied it. Hive reads it, Spark does not.</summary>
    const string Copied = "._COPYING_";

    /// <summary>Ordered by path.</summary>
    /// <exception cref="FooterException">There is no such folder, or engines differ in what they read of it.</exception>
    public async Task<IReadOnlyList<PathInfo>> InAsync(string path, CancellationToken cancellationToken)
    {
        var root = await source.FindAsync(path, cancellationToken)
            ?? throw new FooterException($"{path} is not there.") { IsAbsent = true };
        var found = new List<PathInfo>();
        if (root.IsFolder)
            await CollectAsync(path, 1, found, cancellationToken);
        else
            found.Add(root);
        return [.. found.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    async Task CollectAsync(string folder, int level, List<PathInfo> found, CancellationToken cancellationToken)
    {
        if (level > MostLevels)
            throw new FooterException($"{folder} is more than {MostLevels} folders down. Is there a link in a circle?");
        var listed = await source.ListAsync(folder, cancellationToken)
            ?? throw new FooterException($"{folder} vanished while it was looked through. Ask again when its job has ended.") { IsTransient = true };
        var visible = listed.Where(entry => !IsHidden(entry)).ToList();
        var folders = visible.Where(entry => entry.IsFolder).ToList();
        foreach (var below in folders)
            Refuse(below);
        if (folders.Count > 0 && folders.Count < visible.Count)
            throw new FooterException(
                $"{visible.First(entry => !entry.IsFolder).Path} lies beside partitions such as {folders[0].Name}, where engines differ in whether "
                    + "they read it: move it into its partition.");
        if (folders.Count == 0)
            found.AddRange(visible);
        if (found.Count > MostFiles)
            throw new FooterException($"There are more than {MostFiles} files. Is `path` one date's folder?");
        foreach (var below in folders)
            await CollectAsync(below.Path, level + 1, found, cancellationToken);
    }

    /// <summary>Left out as Hive and Spark do; a job that still writes, or has died, is told.</summary>
    static bool IsHidden(PathInfo entry) => entry switch
    {
        { IsFolder: true } when IsStaging(entry.Name) => throw StillWritten(entry),
        { IsFolder: true, Name: "_delta_log" or ".hoodie" } or { Name: ".hoodie_partition_metadata" } => throw TransactionLogs.Refusal(entry.Path),
        { IsFolder: false } when entry.Name.EndsWith(Copied, StringComparison.Ordinal) => throw new FooterException(
            $"{entry.Path} is just being copied (hdfs dfs -put), or its copying broke off: ask again when it has ended, or remove it.")
        {
            IsTransient = true,
        },
        _ when IsPartlyHidden(entry) => throw new FooterException(
            $"{entry.Path} is hidden by its name, and yet one of a partition (name=value), and engines differ in whether they read it: count by a "
                + "query, `from: query`, or rename it."),
        _ => entry.Name[0] is '_' or '.',
    };

    /// <summary>Spark reads `_x=1`, which Hive does not; Hive reads a partition whose folder is called `.x=1`, which Spark does not.</summary>
    static bool IsPartlyHidden(PathInfo entry) =>
        (entry.Name[0] == '_' || (entry.Name[0] == '.' && entry.IsFolder)) && entry.Name.Contains('=', StringComparison.Ordinal);

    static bool IsStaging(string name) =>
        name == "_temporary"
        || name.StartsWith(".hive-staging", StringComparison.Ordinal)
        || name.StartsWith(".spark-staging", StringComparison.Ordinal);

    static FooterException StillWritten(PathInfo staging) =>
        new($"{staging.Path} is there: a job still writes, or died while it did. Remove it when that job has died.") { IsTransient = true };

    static void Refuse(PathInfo folder)
    {
        if (AcidFolder().IsMatch(folder.Name))
            throw new FooterException(
                $"{folder.Path} is of a table with transactions (ACID), whose files hold rows that are deleted or not committed: count it by a "
                    + "query, `from: query`.");
        if (folder.Name.IndexOf('=', StringComparison.Ordinal) < 1)
            throw new FooterException(
                $"{folder.Path} is no partition's folder (name=value), and engines differ in whether they read it: count by a query, `from: query`, "
                    + "or correct `path`.");
    }

    [GeneratedRegex("^(base_|delta_|delete_delta_)[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex AcidFolder();
}
