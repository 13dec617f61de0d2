using System.Text;
using TagGuard.Adapters.WebHdfs;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.WebHdfs;

/// <summary>A folder of the real HDFS, written through WebHDFS itself, and removed at the end.</summary>
sealed class HdfsFolder : IAsyncDisposable
{
    public const string NameNode = "http://127.0.0.1:9870";

    readonly HttpClient _client = new();

    public string Root { get; } = $"/tagguard_webhdfs/{Guid.NewGuid():N}";

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IPathSource Open(string? user = "root", params string[] urls) =>
        (IPathSource)new WebHdfsConnectionPlan { Urls = urls is [] ? [NameNode] : urls, User = user, Timeout = TimeSpan.FromSeconds(20) }
            .Open("hdfs", "/", TimeProvider.System);

    public Task WriteAsync(string path, string text) => WriteAsync(path, Encoding.UTF8.GetBytes(text));

    public async Task WriteAsync(string path, byte[] bytes)
    {
        using var body = new ByteArrayContent(bytes);
        (await _client.PutAsync(At(path, "CREATE&overwrite=true"), body, Token)).EnsureSuccessStatusCode();
    }

    public Task MakeFolderAsync(string path, string permission = "755") => PutAsync(path, $"MKDIRS&permission={permission}");

    public Task TouchAsync(string path, DateTimeOffset modified) =>
        PutAsync(path, $"SETTIMES&modificationtime={modified.ToUnixTimeMilliseconds()}");

    public Task PermitAsync(string path, string permission) => PutAsync(path, $"SETPERMISSION&permission={permission}");

    /// <summary>What is removed from it afterwards is kept in the snapshot, until that is removed.</summary>
    public async Task SnapshotAsync(string path)
    {
        await PutAsync(path, "ALLOWSNAPSHOT");
        await PutAsync(path, "CREATESNAPSHOT&snapshotname=kept");
    }

    public async Task RemoveSnapshotAsync(string path) =>
        (await _client.DeleteAsync(At(path, "DELETESNAPSHOT&snapshotname=kept"), CancellationToken.None)).EnsureSuccessStatusCode();

    async Task PutAsync(string path, string op)
    {
        using var answer = await _client.PutAsync(At(path, op), null, Token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    static Uri At(string path, string op) =>
        new($"{NameNode}/webhdfs/v1{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}?op={op}&user.name=root");

    public async Task RemoveAsync(string path) =>
        (await _client.DeleteAsync(At(path, "DELETE&recursive=true"), CancellationToken.None)).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        using (await _client.DeleteAsync(At(Root, "DELETE&recursive=true"), CancellationToken.None))
            _client.Dispose();
    }
}
