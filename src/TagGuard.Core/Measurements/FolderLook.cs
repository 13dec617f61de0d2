using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>What lies in a folder and in all folders below it.</summary>
/// <param name="Files">Data files: those without a name that begins with `_` or `.`, and not in a folder of such a name.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Newest">The data file that was written last; null when there is none.</param>
/// <param name="LastChange">What changed last, hidden names and folders too: a file that is renamed into place keeps its own time, its folder does
/// not.</param>
/// <param name="Staging">A folder of a job that still writes, or has died; null when there is none.</param>
/// <param name="Marker">The marker that was asked for, when it lies in the folder itself.</param>
/// <param name="Seen">All that was listed, hidden names too.</param>
sealed record FolderLook(
    long Files, long Bytes, PathInfo? Newest, PathInfo LastChange, PathInfo? Staging, PathInfo? Marker, FolderContent Seen)
{
    const int MostEntries = 1_000_000;
    const int MostLevels = 100;

    /// <summary>Whether a name is that of a folder in which Hive, Spark and MapReduce keep what is not finished.</summary>
    public static bool IsStaging(string name) =>
        name == "_temporary"
        || name.StartsWith(".hive-staging", StringComparison.Ordinal)
        || name.StartsWith(".spark-staging", StringComparison.Ordinal);

    /// <summary>Looks through a folder; null when it changed meanwhile: it, or one below it, vanished, or the system counts something else in it than
    /// was listed.</summary>
    /// <remarks>Folders are listed one after another, so what is renamed from one that is still to come into one that was listed is never seen. The
    /// system's own count is of one instant; where the two differ, a second look tells a change from what only a snapshot holds.</remarks>
    /// <exception cref="SourceException">It cannot be listed, or is without end.</exception>
    public static async Task<FolderLook?> ThroughAsync(
        MeasureContext context, string connection, PathInfo root, string? marker, CancellationToken cancellationToken)
    {
        var look = await ListedAsync(context, connection, root, marker, cancellationToken);
        if (look is null or { Staging: not null })
            return look;
        var content = await context.AskAsync(
            connection,
            (IPathSource source, CancellationToken token) => source.ContentAsync(root.Path, token),
            cancellationToken);
        return content is null || content == look.Seen || look == await ListedAsync(context, connection, root, marker, cancellationToken)
            ? look
            : null;
    }

    static async Task<FolderLook?> ListedAsync(
        MeasureContext context, string connection, PathInfo root, string? marker, CancellationToken cancellationToken)
    {
        var look = new FolderLook(0, 0, null, root, null, null, new FolderContent(0, 0, 0));
        var open = new Stack<(string Path, int Level, bool IsHidden)>([(root.Path, 1, false)]);
        while (open.TryPop(out var folder))
        {
            var listed = await context.AskAsync(
                connection,
                (IPathSource source, CancellationToken token) => source.ListAsync(folder.Path, token),
                cancellationToken);
            if (listed is null)
                return null;
            if (look.Seen.Files + look.Seen.Folders + listed.Count > MostEntries || folder.Level > MostLevels)
                throw new SourceException(
                    connection,
                    root.Path,
                    $"It holds more than {MostEntries} files, or {MostLevels} folders in each other. Is it one date's, and is there a link in a "
                        + "circle?",
                    root.Path);
            foreach (var entry in listed)
            {
                var isHidden = folder.IsHidden || entry.Name.StartsWith('_') || entry.Name.StartsWith('.');
                look = look.With(entry, isHidden, folder.Level == 1 && entry.Name == marker);
                if (entry.IsFolder && !IsStaging(entry.Name))
                    open.Push((entry.Path, folder.Level + 1, isHidden));
            }
        }
        return look;
    }

    FolderLook With(PathInfo entry, bool isHidden, bool isMarker)
    {
        var isData = !entry.IsFolder && !isHidden && !isMarker;
        return new FolderLook(
            Files + (isData ? 1 : 0),
            Bytes + (isData ? entry.Bytes : 0),
            isData && !(Newest?.Modified >= entry.Modified) ? entry : Newest,
            LastChange.Modified >= entry.Modified ? LastChange : entry,
            Staging ?? (entry.IsFolder && IsStaging(entry.Name) ? entry : null),
            isMarker && !entry.IsFolder ? entry : Marker,
            entry.IsFolder
                ? Seen with { Folders = Seen.Folders + 1 }
                : Seen with { Files = Seen.Files + 1, Bytes = Seen.Bytes + entry.Bytes });
    }
}
