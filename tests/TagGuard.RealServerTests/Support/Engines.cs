using System.Diagnostics;

[assembly: AssemblyFixture(typeof(TagGuard.RealServerTests.Support.Engines))]

namespace TagGuard.RealServerTests.Support;

/// <summary>The real cluster: HDFS, HBase, Hive and Spark of `engines` in the shared folder, each started by the first test that asks for it, and
/// stopped at the end unless it was running before.</summary>
/// <remarks>
/// <code>
/// await engines.UpAsync("hdfs", "spark");      // skips the test where they cannot be had
/// </code>
/// Ports are fixed, so tests that stop one keep all others out: they are of the collection <see cref="BrokenCluster"/>.
/// </remarks>
public sealed class Engines : IAsyncDisposable
{
    const string Java = "/usr/bin/java";

    /// <summary>./test sets the variable.</summary>
    public static readonly string Script = Path.Combine(Environment.GetEnvironmentVariable("TAGGUARD_SHARED") ?? "", "engines", "engines");

    /// <summary>Where the script keeps settings, logs and data.</summary>
    public static readonly string State = Environment.GetEnvironmentVariable("TAGGUARD_ENGINES_STATE") ?? "/tmp/tagguard-engines";

    readonly SemaphoreSlim _one = new(1);
    readonly List<string> _started = [];
    readonly HashSet<string> _up = [];

    /// <summary>Starts those that are not up; each waits until it answers.</summary>
    /// <param name="names">hdfs, hbase, rest, hive, spark; in this order.</param>
    public async Task UpAsync(params string[] names)
    {
        Require();
        await _one.WaitAsync();
        try
        {
            foreach (var name in names.Where(name => !_up.Contains(name)))
            {
                // HDFS is two processes.
                var process = name == "hdfs" ? "namenode" : name;
                var wasUp = (await RunAsync("status")).Split('\n').Any(line => line.StartsWith(process + " up", StringComparison.Ordinal));
                await RunAsync("up", name);
                if (!wasUp)
                    _started.Add(name);
                _up.Add(name);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Skips the test where no server can be started.</summary>
    public static void Require()
    {
        if (!File.Exists(Script))
            Assert.Skip("There is no real cluster: set TAGGUARD_SHARED to the folder that has engines/.");
        if (!File.Exists(Java))
            Assert.Skip($"{Java} is not there: apt-get install openjdk-17-jre-headless");
    }

    /// <summary>Starts one anew, as the script's variables say; without them as it is for everybody. Only for tests of
    /// <see cref="BrokenCluster"/>.</summary>
    public async Task RestartAsync(string name, params (string Name, string Value)[] variables)
    {
        await UpAsync("hdfs", name);
        await RunAsync("down", name);
        await RunAsync(["up", name], variables);
    }

    /// <summary>Runs a verb of the script and gives what it prints; a failure is the test's.</summary>
    public static Task<string> RunAsync(params string[] arguments) => RunAsync(arguments, []);

    public static async Task<string> RunAsync(string[] arguments, (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(Script, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Several tests at once have it hold results of some hundred megabytes.
        start.Environment.TryAdd("TAGGUARD_SPARK_HEAP", "2500m");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"engines {string.Join(' ', arguments)}: exit {process.ExitCode}\n{output}\n{await errors}");
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in Enumerable.Reverse(_started))
            await RunAsync("down", name);
        _one.Dispose();
    }
}
