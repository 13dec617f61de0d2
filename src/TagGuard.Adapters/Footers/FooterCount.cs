using TagGuard.Sources;

namespace TagGuard.Adapters.Footers;

/// <summary>Rows of a folder, added up from the ends of its files. Looked at twice: what changes in between is not counted.</summary>
/// <param name="files">Where the folder is.</param>
/// <param name="parallel">How many files are read at once.</param>
sealed class FooterCount(IRangedFiles files, int parallel)
{
    public static string Question(string question, string path) => $"footers of {question}{(path.EndsWith('/') ? "" : "/")}**";

    public async Task<Counted> CountAsync(string path, string asked, CancellationToken cancellationToken)
    {
        try
        {
            var walk = new DataFiles(files);
            var found = await walk.InAsync(path, cancellationToken);
            var isFile = found is [{ Path: var only }] && only == path;
            await new TransactionLogs(files).RefuseAsync(isFile ? TransactionLogs.Parent(path) : path, cancellationToken);
            var (rows, format) = await AddUpAsync(found, cancellationToken);
            if (!found.SequenceEqual(await walk.InAsync(path, cancellationToken)))
                throw new FooterException($"{path} was changed while it was counted. Ask again when its job has ended.") { IsTransient = true };
            return new Counted(rows, $"{asked} ({found.Count} files{(format is null ? "" : $" of {format}")})");
        }
        catch (FooterException fault)
        {
            throw new SourceException(files.Name, files.Address, fault.Message, asked, fault)
            {
                IsTransient = fault.IsTransient,
                IsAbsent = fault.IsAbsent,
            };
        }
    }

    async Task<(long Rows, string? Format)> AddUpAsync(IReadOnlyList<PathInfo> found, CancellationToken cancellationToken)
    {
        var read = new FooterRows[found.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, found.Count, options, async (i, token) => read[i] = await new FooterFile(files, found[i]).ReadAsync(token));
        var other = Array.FindIndex(read, one => one.Format != read[0].Format);
        if (other > 0)
            throw new FooterException(
                $"{found[0].Path} is {read[0].Format} and {found[other].Path} is {read[other].Format}, and a partition has one format: remove what "
                    + "does not belong there.");
        var rows = read.Aggregate((Int128)0, (sum, one) => sum + one.Rows);
        return rows <= long.MaxValue
            ? ((long)rows, found.Count > 0 ? read[0].Format : null)
            : throw new FooterException($"The files say that they hold {rows} rows together, which none can: run the load again.");
    }
}
