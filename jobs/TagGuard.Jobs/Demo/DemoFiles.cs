using System.Net;
using System.Text.Json;

namespace TagGuard.Jobs.Demo;

/// <summary>Files on HDFS, written by WebHDFS: hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/WebHDFS.html.</summary>
/// <param name="cluster">Where, and in whose name.</param>
sealed class DemoFiles(DemoCluster cluster) : IDisposable
{
    readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Removes a folder with all that is in it, if it is there.</summary>
    public Task RemoveAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, At(path, "DELETE&recursive=true"), null, cancellationToken);

    /// <summary>Writes a file, over one that is there; its folders are made.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public async Task WriteAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        // The NameNode takes no data: it says which DataNode does.
        var node = await SendAsync(HttpMethod.Put, At(path, "CREATE&overwrite=true"), null, cancellationToken)
            ?? throw new IOException($"{cluster.Hdfs} names no DataNode for {path}. Is it a NameNode's address?");
        await SendAsync(HttpMethod.Put, node, bytes, cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    /// <returns>Where the answer sends on; null where it does not.</returns>
    async Task<Uri?> SendAsync(HttpMethod method, Uri at, byte[]? body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, at) { Content = body is null ? null : new ByteArrayContent(body) };
            using var answer = await _client.SendAsync(request, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.TemporaryRedirect)
                return answer.Headers.Location;
            if (answer.IsSuccessStatusCode)
                return null;
            var told = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new IOException($"HDFS at {at.Authority} refuses to write {at.AbsolutePath}: {Message(told) ?? answer.ReasonPhrase} "
                + $"{cluster.User} needs the right to write in /user/{cluster.User}; another user: --warehouse {cluster.Kind}://user@host:port.");
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new IOException(
                $"HDFS at {at.Authority} does not answer: {fault.Message.TrimEnd('.')}. Look whether it runs, or name its WebHDFS: "
                    + "--hdfs http://namenode:9870.",
                fault);
        }
    }

    Uri At(string path, string op) => new($"{cluster.Hdfs.AbsoluteUri.TrimEnd('/')}/webhdfs/v1{path}?op={op}&user.name={cluster.User}");

    static string? Message(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.GetProperty("RemoteException").GetProperty("message").GetString()?.ReplaceLineEndings("\n").Split('\n')[0];
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
