using TagGuard.Sources;

namespace TagGuard.Adapters.Exports;

/// <summary>A folder of another machine, whose files are copied before they are read; the copies go when the source is closed.</summary>
abstract class RemoteFileSource : FileSource
{
    const string FolderName = "tagguard-copies-";

    /// <summary>No run takes longer: what is older was left by one that was killed.</summary>
    static readonly TimeSpan OldestCopy = TimeSpan.FromDays(2);

    readonly Dictionary<PathInfo, string> _copies = [];
    readonly SemaphoreSlim _one = new(1);
    string? _folder;

    /// <summary>Writes all bytes of a file to a stream, or fewer when it was cut short.</summary>
    /// <exception cref="SourceException">The system does not answer or refuses.</exception>
    protected abstract Task CopyAsync(PathInfo file, Stream to, CancellationToken cancellationToken);

    protected sealed override async Task<string?> LocalAsync(PathInfo file, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_copies.TryGetValue(file, out var copied))
                return copied;
            // Its name stays at the end, for it says whether it is packed.
            var local = Path.Join(_folder ??= MakeFolder(), $"{_copies.Count}-{file.Name}");
            long bytes;
            await using (var to = new FileStream(local, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                await CopyAsync(file, to, cancellationToken);
                bytes = to.Length;
            }
            if (await FindAsync(file.Path, cancellationToken) != file)
                return null;
            if (bytes != file.Bytes)
                throw Fault(
                    $"{bytes} bytes of {file.Path} came, and it has {file.Bytes}: the transfer was cut off.", file.Path, isTransient: true);
            return _copies[file] = local;
        }
        finally
        {
            _one.Release();
        }
    }

    static string MakeFolder()
    {
        foreach (var left in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(FolderName + "*"))
        {
            try
            {
                if (left.LastWriteTimeUtc < TimeProvider.System.GetUtcNow().UtcDateTime - OldestCopy)
                    left.Delete(recursive: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Another user's, or another run was first.
            }
        }
        return Directory.CreateTempSubdirectory(FolderName).FullName;
    }

    public override ValueTask DisposeAsync()
    {
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
        _one.Dispose();
        return ValueTask.CompletedTask;
    }
}
