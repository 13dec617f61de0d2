using Renci.SshNet.Common;
using TagGuard.Adapters.Exports;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sftp;

/// <summary>Files of a server that is reached over SSH.</summary>
/// <param name="name">The connection's name in the plan.</param>
/// <param name="plan">How it is reached.</param>
/// <param name="keyFile">The private key's full path, or null.</param>
sealed class SftpSource(string name, SftpConnectionPlan plan, string? keyFile) : RemoteFileSource
{
    readonly SftpLine _line = new(name, plan, keyFile);

    public override string Name => name;

    public override string Address => _line.Address;

    public override string Question(string path) => $"sftp://{Address}/{At(path).TrimStart('/')}";

    string At(string path) => $"{plan.Path.TrimEnd('/')}/{path.TrimStart('/')}";

    public override async Task<string> ProbeAsync(CancellationToken cancellationToken)
    {
        await NeedFolderAsync(cancellationToken);
        return $"{_line.ServerVersion}, folder {plan.Path}";
    }

    public override async Task<PathInfo?> FindAsync(string path, CancellationToken cancellationToken)
    {
        if (await AttributesAsync(At(path), path, cancellationToken) is { } found)
            return found;
        // Where the folder itself is not there, every file would look as if it had not been written yet.
        await NeedFolderAsync(cancellationToken);
        return null;
    }

    public override Task<IReadOnlyList<PathInfo>?> ListAsync(string folder, CancellationToken cancellationToken) =>
        _line.AskAsync<IReadOnlyList<PathInfo>?>(
            Question(folder),
            async client =>
            {
                try
                {
                    if (!(await client.GetAttributesAsync(At(folder), cancellationToken)).IsDirectory)
                        return null;
                    var listed = new List<PathInfo>();
                    await foreach (var entry in client.ListDirectoryAsync(At(folder), cancellationToken))
                    {
                        if (entry.Name is not ("." or ".."))
                            listed.Add(Info($"{folder.TrimEnd('/')}/{entry.Name}", entry.Attributes));
                    }
                    return listed;
                }
                catch (SftpPathNotFoundException)
                {
                    return null;
                }
            },
            cancellationToken);

    protected override Task CopyAsync(PathInfo file, Stream to, CancellationToken cancellationToken) =>
        _line.AskAsync(
            Question(file.Path),
            async client =>
            {
                await client.DownloadFileAsync(At(file.Path), to, cancellationToken);
                return true;
            },
            cancellationToken);

    async Task NeedFolderAsync(CancellationToken cancellationToken)
    {
        if (await AttributesAsync(plan.Path, "", cancellationToken) is not { IsFolder: true })
            throw Fault($"There is no folder {plan.Path}. Correct `path` of the connection.", "");
    }

    Task<PathInfo?> AttributesAsync(string at, string path, CancellationToken cancellationToken) => _line.AskAsync(
        Question(path),
        async client =>
        {
            try
            {
                return Info(path, await client.GetAttributesAsync(at, cancellationToken));
            }
            catch (SftpPathNotFoundException)
            {
                return null;
            }
        },
        cancellationToken);

    PathInfo Info(string path, Renci.SshNet.Sftp.SftpFileAttributes found) => found.IsDirectory || found.IsRegularFile
        ? new PathInfo(path, found.IsDirectory, found.IsDirectory ? 0 : found.Size, new DateTimeOffset(found.LastWriteTimeUtc, TimeSpan.Zero))
        : throw Fault($"{path} is neither a file nor a folder. Remove it, and have its job write a file.", path);

    public override async ValueTask DisposeAsync()
    {
        _line.Dispose();
        await base.DisposeAsync();
    }
}
