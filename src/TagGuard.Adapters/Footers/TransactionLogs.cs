using TagGuard.Sources;

namespace TagGuard.Adapters.Footers;

/// <summary>Tables whose log, not their folder, says which files and rows are theirs: Delta, Hudi and Iceberg.</summary>
sealed class TransactionLogs(IPathSource source)
{
    /// <summary>How far a log may lie above the partitions' folders: Iceberg's is beside `data`, in which they are.</summary>
    const int Above = 2;

    /// <summary>How the keys begin that writers leave in footers.</summary>
    static readonly string[] Keys = ["hive.acid.", "iceberg.", "org.apache.hudi.", "hoodie_"];

    /// <exception cref="FooterException">The folder is of such a table.</exception>
    public async Task RefuseAsync(string path, CancellationToken cancellationToken)
    {
        var plain = 0;
        for (var folder = path.TrimEnd('/'); plain <= Above; folder = Parent(folder))
        {
            foreach (var log in new[] { $"{folder}/_delta_log", $"{folder}/.hoodie" })
            {
                if (await source.FindAsync(log, cancellationToken) is not null)
                    throw Refusal(log);
            }
            var metadata = $"{folder}/metadata";
            var listed = await source.FindAsync(metadata, cancellationToken) is { IsFolder: true }
                ? await source.ListAsync(metadata, cancellationToken)
                : null;
            if (listed?.Any(entry => entry.Name.EndsWith(".metadata.json", StringComparison.Ordinal)) == true)
                throw Refusal(metadata);
            if (folder.Length == 0)
                return;
            if (!folder[(folder.LastIndexOf('/') + 1)..].Contains('=', StringComparison.Ordinal))
                plain++;
        }
    }

    /// <summary>Refuses a file in whose footer a writer of such tables, or of Hive's with transactions, left a key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">The keys of its footer.</param>
    /// <exception cref="FooterException">There is one.</exception>
    public static void RefuseKeys(string path, IEnumerable<string?> keys)
    {
        if (keys.FirstOrDefault(key => key is not null && Array.Exists(Keys, start => key.StartsWith(start, StringComparison.Ordinal))) is { } found)
            throw new FooterException(
                $"{path} is of a table with transactions ({found}: Hive's ACID, Iceberg or Hudi), whose files hold rows that are deleted, replaced "
                    + "or not committed: count it by a query, `from: query`.");
    }

    public static FooterException Refusal(string log) => new(
        $"{log} says that this is a table of Delta, Hudi or Iceberg, whose files hold rows that are deleted or replaced: count it by a query, "
            + "`from: query`.");

    public static string Parent(string folder) => folder.LastIndexOf('/') is >= 0 and var slash ? folder[..slash] : "";
}
