using System.ComponentModel.DataAnnotations;
using TagGuard.Adapters.Exports;
using TagGuard.Adapters.Footers;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Adapters.Files;

/// <summary>`type: files`: a local or mounted folder, for markers and their times, for exported CSV files, and for the footers of Parquet and ORC
/// files.</summary>
public sealed record FilesConnectionPlan : FolderOfFilesPlan
{
    [Required, PlanKey("The folder that paths start from.", Example = "/mnt/warehouse")]
    public string Path { get; init; } = "";

    public override IReadOnlyList<Type> Capabilities => [.. base.Capabilities, typeof(IFooterSource)];

    public override ISource Open(string name, string folder, TimeProvider clock) => new FilesSource(name, System.IO.Path.GetFullPath(Path, folder));
}

/// <summary>A folder of this machine.</summary>
sealed class FilesSource(string name, string root) : FileSource, IRangedFiles, IFooterSource
{
    static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>As many as the cheapest disks answer side by side.</summary>
    const int Parallel = 8;

    public override string Name => name;

    public override string Address => root;

    public override Task<string> ProbeAsync(CancellationToken cancellationToken) => Directory.Exists(root)
        ? Task.FromResult($"folder {root}")
        : throw new SourceException(name, root, "There is no such folder. Check `path`, or mount it.", root) { IsAbsent = true };

    public override string Question(string path) => Path.Join(root, path);

    public override Task<PathInfo?> FindAsync(string path, CancellationToken cancellationToken)
    {
        var full = Question(path);
        try
        {
            // A folder that is not mounted would make every marker look as if it had not been written yet.
            if (!Directory.Exists(root))
                throw new SourceException(name, root, "There is no such folder. Check `path`, or mount it.", full);
            var found = FileStatus.Of(full);
            Refuse(found.Kind, path, full);
            return Task.FromResult(
                found.Kind == FileKind.Absent ? null : new PathInfo(path, found.Kind == FileKind.Folder, found.Bytes, found.Modified));
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // A mount that hangs or a folder that is just being replaced is there again a little later; a right that is missing is not.
            throw new SourceException(name, root, fault.Message, full, fault) { IsTransient = fault is IOException };
        }
    }

    public override Task<IReadOnlyList<PathInfo>?> ListAsync(string folder, CancellationToken cancellationToken)
    {
        var full = Question(folder);
        try
        {
            if (FileStatus.Of(full).Kind != FileKind.Folder)
                return Task.FromResult<IReadOnlyList<PathInfo>?>(null);
            var listed = new List<PathInfo>();
            foreach (var entry in new DirectoryInfo(full).EnumerateFileSystemInfos("*", Everything))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var path = $"{folder.TrimEnd('/')}/{entry.Name}";
                var found = FileStatus.Of(Question(path));
                Refuse(found.Kind, path, full);
                if (found.Kind == FileKind.Absent)
                    throw new IOException($"{path} vanished while the folder was listed.");
                listed.Add(new PathInfo(path, found.Kind == FileKind.Folder, found.Bytes, found.Modified));
            }
            return Task.FromResult<IReadOnlyList<PathInfo>?>(listed);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new SourceException(name, root, fault.Message, full, fault) { IsTransient = fault is IOException };
        }
    }

    public string FootersQuestion(string path) => FooterCount.Question(Question(path), path);

    public Task<Counted> CountFootersAsync(string path, CancellationToken cancellationToken) =>
        new FooterCount(this, Parallel).CountAsync(path, FootersQuestion(path), cancellationToken);

    public async Task<byte[]?> ReadAsync(string path, long offset, int length, CancellationToken cancellationToken)
    {
        var full = Question(path);
        try
        {
            FileStatus.NeedRegular(full);
            using var file = File.OpenHandle(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);
            var bytes = new byte[length];
            var read = 0;
            for (int more; read < length; read += more)
            {
                more = await RandomAccess.ReadAsync(file, bytes.AsMemory(read), offset + read, cancellationToken);
                if (more == 0)
                    break;
            }
            return bytes[..read];
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new SourceException(name, root, fault.Message, full, fault) { IsTransient = fault is IOException };
        }
    }

    protected override Task<string?> LocalAsync(PathInfo file, CancellationToken cancellationToken) => Task.FromResult<string?>(Question(file.Path));

    /// <summary>What has a name in the folder, and is neither a file nor a folder.</summary>
    void Refuse(FileKind kind, string path, string asked)
    {
        if (kind == FileKind.DanglingLink)
            throw new SourceException(
                name,
                root,
                $"{path} is a symbolic link to {FileStatus.TargetOf(Path.Join(root, path))}, which is not there.",
                asked)
            {
                IsAbsent = true,
            };
        if (kind == FileKind.Special)
            throw new SourceException(
                name,
                root,
                $"{path} is a pipe, socket or device, and a file or folder is wanted. Remove it, and have its job write a file.",
                asked);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
