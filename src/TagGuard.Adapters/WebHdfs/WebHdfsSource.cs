using TagGuard.Adapters.Exports;
using TagGuard.Adapters.Footers;
using TagGuard.Sources;

namespace TagGuard.Adapters.WebHdfs;

/// <summary>Files and folders of HDFS.</summary>
/// <param name="nodes">Its servers.</param>
/// <param name="parallel">How many files are read at once.</param>
/// <remarks>hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/WebHDFS.html.</remarks>
sealed class WebHdfsSource(NameNodes nodes, int parallel) : RemoteFileSource, IRangedFiles, IFooterSource
{
    const int MostEntries = 1_000_000;

    /// <summary>False once a server said that it lists whole folders only (Hadoop before 2.8).</summary>
    bool _pages = true;

    public override string Name => nodes.Name;

    public override string Address => string.Join(", ", nodes.Bases.Select(server => server.Authority));

    public override string Question(string path) => nodes.Question(path, "GETFILESTATUS");

    public override Task<string> ProbeAsync(CancellationToken cancellationToken) => new ServerRoles(nodes).TellAsync(cancellationToken);

    public override async Task<PathInfo?> FindAsync(string path, CancellationToken cancellationToken)
    {
        const string Op = "GETFILESTATUS";
        return await nodes.AskAsync(path, Op, "", cancellationToken) is { } answer
            ? Read(path, Op, () => FileStatuses.One(answer, path))
            : null;
    }

    public override async Task<IReadOnlyList<PathInfo>?> ListAsync(string folder, CancellationToken cancellationToken)
    {
        if (_pages)
        {
            try
            {
                return await PagesAsync(folder, cancellationToken);
            }
            catch (SourceException fault) when (fault.InnerException is RemoteException { IsUnknownOp: true })
            {
                _pages = false;
            }
        }
        const string Op = "LISTSTATUS";
        return await nodes.AskAsync(folder, Op, "", cancellationToken) is { } answer
            ? Read(folder, Op, () => FileStatuses.Whole(answer, folder))
            : null;
    }

    public async Task<FolderContent?> ContentAsync(string folder, CancellationToken cancellationToken)
    {
        const string Op = "GETCONTENTSUMMARY";
        return await nodes.AskAsync(folder, Op, "", cancellationToken) is { } answer
            ? Read(folder, Op, () => FileStatuses.Content(answer))
            : null;
    }

    public string FootersQuestion(string path) => FooterCount.Question(nodes.Question(path, "LISTSTATUS"), path);

    public Task<Counted> CountFootersAsync(string path, CancellationToken cancellationToken) =>
        new FooterCount(this, parallel).CountAsync(path, FootersQuestion(path), cancellationToken);

    public Task<byte[]?> ReadAsync(string path, long offset, int length, CancellationToken cancellationToken) =>
        nodes.OpenAsync(path, offset, length, cancellationToken);

    protected override async Task CopyAsync(PathInfo file, Stream to, CancellationToken cancellationToken)
    {
        const int Piece = 1 << 24;
        for (var offset = 0L; offset < file.Bytes;)
        {
            var bytes = await ReadAsync(file.Path, offset, (int)Math.Min(Piece, file.Bytes - offset), cancellationToken);
            if (bytes is null or [])
                return;
            await to.WriteAsync(bytes, cancellationToken);
            offset += bytes.Length;
        }
    }

    /// <summary>Page by page; a server sends `dfs.ls.limit` entries (1,000) in one, HttpFS all.</summary>
    async Task<IReadOnlyList<PathInfo>?> PagesAsync(string folder, CancellationToken cancellationToken)
    {
        const string Op = "LISTSTATUS_BATCH";
        var listed = new List<PathInfo>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var after = "";
        while (true)
        {
            var answer = await nodes.AskAsync(folder, Op, after, cancellationToken);
            if (answer is null)
                return null;
            var (page, remaining) = Read(folder, Op, () => FileStatuses.Page(answer.Value, folder));
            if (page is null)
                return null;
            listed.AddRange(page);
            if (page.Any(entry => !names.Add(entry.Name)) || (remaining > 0 && page.Count == 0))
                throw nodes.Fault("Its pages do not go on: a name came twice, or none at all. Look at the server.", folder, Op);
            if (remaining == 0)
                return listed;
            if (listed.Count > MostEntries)
                throw nodes.Fault($"The folder has more than {MostEntries} entries. Is it one date's?", folder, Op);
            after = $"&startAfter={Uri.EscapeDataString(page[^1].Name)}";
        }
    }

    T Read<T>(string path, string op, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or FormatException or InvalidDataException)
        {
            throw nodes.Fault("Its answer is JSON, but not what HDFS says of files. Correct `urls`, or look at the server.", path, op, fault);
        }
    }

    public override ValueTask DisposeAsync()
    {
        nodes.Dispose();
        return base.DisposeAsync();
    }
}
