namespace TagGuard.Sources;

/// <summary>A source that knows paths: HDFS, a local or mounted folder.</summary>
public interface IPathSource : ISource
{
    /// <summary>What is at a path, or null when nothing is.</summary>
    Task<PathInfo?> FindAsync(string path, CancellationToken cancellationToken);

    /// <summary>All that lies directly in a folder, hidden names too, in any order; null when there is no such folder (any more). Never a part of it:
    /// what cannot be listed to its end is a <see cref="SourceException"/>.</summary>
    Task<IReadOnlyList<PathInfo>?> ListAsync(string folder, CancellationToken cancellationToken);

    /// <summary>What lies in a folder and in all folders below it, as the system itself counts it at one instant; null when there is no such folder
    /// (any more), or when the system keeps no such count. It may count more than is listed: HDFS adds what only its snapshots still hold.</summary>
    Task<FolderContent?> ContentAsync(string folder, CancellationToken cancellationToken) => Task.FromResult<FolderContent?>(null);

    /// <summary>What <see cref="FindAsync"/> looks at. Touches nothing.</summary>
    string Question(string path);
}

/// <summary>A file or folder.</summary>
/// <param name="Path">Where it is, as it was asked for; for what lies in a folder, that folder's path and its name.</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Bytes">A file's size.</param>
/// <param name="Modified">A file: when it was last written. A folder: when something in it was last made, removed or renamed.</param>
public sealed record PathInfo(string Path, bool IsFolder, long Bytes, DateTimeOffset Modified)
{
    /// <summary>The last part of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>What a folder holds, hidden names too.</summary>
/// <param name="Files">Files in it and below.</param>
/// <param name="Folders">Folders below it, without itself.</param>
/// <param name="Bytes">The files' size, each counted once.</param>
public sealed record FolderContent(long Files, long Folders, long Bytes);
