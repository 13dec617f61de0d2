using System.ComponentModel.DataAnnotations;
using TagGuard.Adapters.Csv;
using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Adapters.Files;

/// <summary>`type: files`: a local or mounted folder, for markers and their times, and for exported CSV files.</summary>
public sealed record FilesConnectionPlan : ConnectionPlan
{
    [Required, PlanKey("The folder that paths start from.", Example = "/mnt/warehouse")]
    public string Path { get; init; } = "";

    public override IReadOnlyList<Type> Capabilities => [typeof(IPathSource), typeof(IExportSource)];

    public override ISource Open(string name, string folder, TimeProvider clock) => new FilesSource(name, System.IO.Path.GetFullPath(Path, folder));
}

/// <summary>A folder of this machine.</summary>
sealed class FilesSource(string name, string root) : IPathSource, IExportSource
{
    public string Name => name;

    public Task<string> ProbeAsync(CancellationToken cancellationToken) => Directory.Exists(root)
        ? Task.FromResult($"folder {root}")
        : throw new SourceException(name, root, "There is no such folder. Check `path`, or mount it.", root) { IsAbsent = true };

    public string Question(string path) => Path.Join(root, path);

    public Task<PathInfo?> FindAsync(string path, CancellationToken cancellationToken)
    {
        var full = Question(path);
        try
        {
            // A folder that is not mounted would make every marker look as if it had not been written yet.
            if (!Directory.Exists(root))
                throw new SourceException(name, root, "There is no such folder. Check `path`, or mount it.", full);
            FileSystemInfo found = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
            return Task.FromResult(found.Exists
                ? new PathInfo(path, found is DirectoryInfo, found is FileInfo file ? file.Length : 0, new DateTimeOffset(found.LastWriteTimeUtc))
                : null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A mount that hangs or a folder that is just being replaced is there again a little later; a right that is missing is not.
            throw new SourceException(name, root, fault.Message, full, fault) { IsTransient = fault is IOException };
        }
    }

    public async Task<ExportFacts> ReadExportAsync(ExportQuery query, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var file = Path.Join(root, query.Path);
        try
        {
            if (!Directory.Exists(root))
                throw new SourceException(name, root, "There is no such folder. Check `path`, or mount it.", query.Path);
            LocalPath.NeedRegular(file);
            return File.Exists(file)
                ? await Task.Run(() => new ExportReader(query).Read(file, progress, cancellationToken), cancellationToken)
                : throw new SourceException(name, root, $"{query.Path} is not there.", query.Path) { IsAbsent = true };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new SourceException(name, root, fault.Message, query.Path, fault);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
