namespace TagGuard.Sources;

/// <summary>A source that knows paths: HDFS, a local or mounted folder.</summary>
public interface IPathSource : ISource
{
    /// <summary>What is at a path, or null when nothing is.</summary>
    Task<PathInfo?> FindAsync(string path, CancellationToken cancellationToken);

    /// <summary>What <see cref="FindAsync"/> looks at. Touches nothing.</summary>
    string Question(string path);
}

/// <summary>A file or folder.</summary>
public sealed record PathInfo(string Path, bool IsFolder, long Bytes, DateTimeOffset Modified);
