using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using TagGuard.Adapters.WebHdfs;
using TagGuard.RealServerTests.Support;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.WebHdfs;

/// <summary>An HDFS of two NameNodes, a and b, which share their edits in a folder: one is active, the other its standby.</summary>
/// <remarks>hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-hdfs/HDFSHighAvailabilityWithNFS.html. It has ports and a state of its own,
/// so it runs beside the other cluster.</remarks>
public sealed class NameNodePair : IAsyncLifetime
{
    const string Server = "org.apache.hadoop.hdfs.server.namenode.NameNode";
    const string Admin = "org.apache.hadoop.hdfs.tools.DFSHAAdmin";

    static readonly (string Name, int Rpc, int Http)[] Nodes = [("a", 19000, 19870), ("b", 19001, 19871)];

    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-pair-").FullName;
    readonly Dictionary<string, Process> _running = [];
    readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(20) };

    static CancellationToken Token => TestContext.Current.CancellationToken;

    (string, string)[] Variables => [("TAGGUARD_ENGINES_STATE", Path.Combine(_folder, "state"))];

    /// <summary>Both servers stand still until the first test asks for them.</summary>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Makes the pair so that the one named is active and the other its standby.</summary>
    public async Task UpAsync(string active)
    {
        Engines.Require();
        if (_running.Count == 0)
            await FormatAsync();
        foreach (var node in Nodes)
            await StartAsync(node.Name);
        await ActivateAsync(active);
    }

    public static IPathSource Open(TimeSpan timeout, params string[] nodes) =>
        (IPathSource)new WebHdfsConnectionPlan { Urls = [.. nodes.Select(Url)], User = "root", Timeout = timeout }
            .Open("hdfs", "/", TimeProvider.System);

    public static string Url(string node) => $"http://127.0.0.1:{Nodes.Single(one => one.Name == node).Http}";

    /// <summary>Makes one the active server; the other becomes its standby first, when it lives.</summary>
    public async Task ActivateAsync(string node)
    {
        var other = Nodes.Single(one => one.Name != node).Name;
        if (await StateAsync(node) == "active")
            return;
        if (await StateAsync(other) == "active")
            await AskAsync("-failover", other, node);
        else
            await AskAsync("-transitionToActive", "--forceactive", node);
    }

    public Task StandByAsync(string node) => AskAsync("-transitionToStandby", node);

    public async Task KillAsync(string node)
    {
        _running[node].Kill();
        await _running[node].WaitForExitAsync(Token);
    }

    public void Freeze(string node) => Signal(node, "-STOP");

    public void Thaw(string node) => Signal(node, "-CONT");

    public async Task MakeFolderAsync(string node, string path) =>
        (await _client.PutAsync(new Uri($"{Url(node)}/webhdfs/v1{path}?op=MKDIRS&user.name=root"), null, Token)).EnsureSuccessStatusCode();

    async Task FormatAsync()
    {
        foreach (var (name, _, _) in Nodes)
            await File.WriteAllTextAsync(Configuration(name), Configured(name), Token);
        await Engines.RunAsync(["hdfs", Server, "-conf", Configuration("a"), "-format", "-nonInteractive", "-force"], Variables);
        await StartAsync("a");
        await Engines.RunAsync(["hdfs", Server, "-conf", Configuration("b"), "-bootstrapStandby", "-nonInteractive", "-force"], Variables);
    }

    /// <summary>Starts it if it does not run, and waits until it answers.</summary>
    async Task StartAsync(string node)
    {
        if (!_running.TryGetValue(node, out var server) || server.HasExited)
            _running[node] = server = Launch(node);
        for (var tries = 0; await StateAsync(node) is null; tries++)
        {
            if (tries == 240 || server.HasExited)
                Assert.Fail($"NameNode {node} does not start:\n{await File.ReadAllTextAsync(Log(node), Token)}");
            await Task.Delay(500, Token);
        }
    }

    Process Launch(string node)
    {
        // The script becomes the server, so this process is the server.
        string[] server = [Engines.Script, "hdfs", Server, "-conf", Configuration(node)];
        var start = new ProcessStartInfo("/bin/bash", ["-c", "exec \"$@\" >>\"$0\" 2>&1", Log(node), .. server]);
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>active or standby; null when it does not answer.</summary>
    async Task<string?> StateAsync(string node)
    {
        try
        {
            // Its answer claims an encoding that .NET does not know.
            var asked = new Uri($"{Url(node)}/jmx?qry=Hadoop:service=NameNode,name=NameNodeStatus");
            var told = Encoding.UTF8.GetString(await _client.GetByteArrayAsync(asked, Token));
            return new[] { "active", "standby" }.FirstOrDefault(state => told.Contains($"\"{state}\"", StringComparison.Ordinal));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    Task<string> AskAsync(params string[] arguments) => Engines.RunAsync(["hdfs", Admin, "-conf", Configuration("a"), .. arguments], Variables);

    void Signal(string node, string signal)
    {
        using var kill = Process.Start("kill", [signal, _running[node].Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    string Log(string node) => Path.Combine(_folder, $"{node}.log");

    string Configuration(string node) => Path.Combine(_folder, $"{node}.xml");

    string Configured(string node)
    {
        Dictionary<string, string> properties = new()
        {
            ["fs.defaultFS"] = "hdfs://pair",
            ["dfs.nameservices"] = "pair",
            ["dfs.ha.namenodes.pair"] = string.Join(',', Nodes.Select(one => one.Name)),
            ["dfs.ha.namenode.id"] = node,
            ["dfs.namenode.name.dir"] = $"file://{_folder}/{node}",
            ["dfs.namenode.shared.edits.dir"] = $"file://{_folder}/edits",
            ["dfs.ha.fencing.methods"] = "shell(/bin/true)",
            ["dfs.ha.tail-edits.period"] = "1s",
            ["dfs.client.failover.proxy.provider.pair"] = "org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider",
            // Pages of three, so that a listing is many requests.
            ["dfs.ls.limit"] = "3",
        };
        foreach (var (name, rpc, http) in Nodes)
        {
            properties[$"dfs.namenode.rpc-address.pair.{name}"] = $"127.0.0.1:{rpc}";
            properties[$"dfs.namenode.http-address.pair.{name}"] = $"127.0.0.1:{http}";
        }
        return new XElement(
            "configuration",
            properties.Select(pair => new XElement("property", new XElement("name", pair.Key), new XElement("value", pair.Value)))).ToString();
    }

    public ValueTask DisposeAsync()
    {
        foreach (var process in _running.Values.Where(process => !process.HasExited))
        {
            process.Kill();
            process.WaitForExit();
        }
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
