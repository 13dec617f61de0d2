namespace TagGuard.Sources;

/// <summary>A source that knows paths: HDFS, a local or mounted folder.</summary>
public interface IPathSource : ISource
{
    /// <summary>What is at a path, or null when nothing is.</summary>
    Task<PathInfo?> FindAsync(string path, CancellationToken cancellationToken);

    /// <summary>All that lies directly in a folder, hidden names too, in any order; null when there is no such folder (any more). Never a part of it:
    /// what cannot be listed to its end is a <see cref="SourceException"/>.</summary>
    Task<IReadOnlyList<PathInfo>?> ListAsync(string folder, CancellationToken cancellationToken);

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
