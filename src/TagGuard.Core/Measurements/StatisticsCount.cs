using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>A partition's rows from the metastore's statistics, where its files are still those that these are about; else by a query.</summary>
/// <remarks>
/// Nobody tells a metastore of files that another engine or a person puts into a folder, so Hive calls `numRows` accurate that is not. Number,
/// size and age of the files do tell.
/// </remarks>
/// <param name="connection">The connection that keeps statistics.</param>
/// <param name="files">The connection that sees the files.</param>
sealed class StatisticsCount(string connection, string files)
{
    public async Task<Counted> CountAsync(TablePart part, MeasureContext context, CancellationToken cancellationToken)
    {
        var kept = await context.AskAsync(
            connection,
            (IStatisticsSource source, CancellationToken token) => source.StatisticsAsync(part, token),
            cancellationToken);
        var reason = kept.Known is { } known ? await MistrustAsync(known, context, cancellationToken) : kept.Reason;
        if (reason is null)
            return new Counted(kept.Known!.Rows, $"{kept.Asked} (as {files} has {kept.Known.Files} files and {kept.Known.Bytes} bytes)");
        var counted = await context.AskAsync(
            connection,
            (IStatisticsSource source, CancellationToken token) => source.CountAsync(part, token),
            cancellationToken);
        return counted with { Asked = $"{counted.Asked} (not from statistics: {reason})" };
    }

    /// <summary>Why the files are not those that the statistics are about; null when they are.</summary>
    async Task<string?> MistrustAsync(PartitionStatistics known, MeasureContext context, CancellationToken cancellationToken)
    {
        var listed = await context.AskAsync(
            files,
            (IPathSource source, CancellationToken token) => source.ListAsync(known.Folder, token),
            cancellationToken);
        if (listed is null)
            return $"{known.Folder} is not there on {files}";
        if (listed.FirstOrDefault(entry => entry.IsFolder) is { } folder)
            return $"{folder.Path} is a folder";
        var data = listed.Where(entry => entry.Name[0] is not ('_' or '.')).ToList();
        var bytes = data.Sum(file => file.Bytes);
        if (data.Count != known.Files || bytes != known.Bytes)
            return $"{known.Files} files of {known.Bytes} bytes were noted, and {data.Count} of {bytes} are there";
        var newer = data.FirstOrDefault(file => file.Modified >= known.Noted.AddSeconds(1));
        return newer is null ? null : $"{newer.Name} was written after they were noted";
    }
}
