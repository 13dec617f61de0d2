using TagGuard.Sources;

namespace TagGuard.Adapters.Footers;

/// <summary>Files of which a part can be read.</summary>
interface IRangedFiles : IPathSource
{
    /// <summary>Where a path is, without secrets, for messages.</summary>
    string Address { get; }

    /// <summary>So many bytes of a file from a place on; fewer when it ends before them, null when it is not there any more.</summary>
    /// <exception cref="SourceException">It cannot be read.</exception>
    Task<byte[]?> ReadAsync(string path, long offset, int length, CancellationToken cancellationToken);
}
