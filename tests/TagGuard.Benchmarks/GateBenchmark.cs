using System.Diagnostics;
using System.Globalization;

namespace TagGuard.Benchmarks;

/// <summary>
/// What `tagguard gate` costs a scheduler: the built program's process time (user + system) and wall time against a `dotnet` hello-world that is
/// built the same way (ReadyToRun), taking turns; with its tables on SQLite and on MySQL.
/// Needs ./setup build, the demo's folder (./tagguard demo), and mariadbd.
/// </summary>
static class GateBenchmark
{
    const int Rounds = 20;

    public static async Task<int> RunAsync()
    {
        var root = Directory.GetCurrentDirectory();
        var program = Path.Combine(root, "artifacts", "publish", "TagGuard.Jobs", "release", "tagguard.dll");
        var plan = Path.Combine(root, "tagguard-demo", "plan.yaml");
        if (!File.Exists(program) || !File.Exists(plan))
        {
            Console.Error.WriteLine("Run ./tagguard demo in the repository first, and this from there.");
            return 3;
        }
        var hello = await BuildHelloAsync();
        using var folder = new TemporaryFolder("gate");
        await using var server = await BenchmarkServer.StartAsync(folder.Of("server"));
        var onMySql = await JudgedOnMySqlAsync(program, server, folder.Of("plan.yaml"));
        var (hellos, gates, mySqlGates) = (new Spent(), new Spent(), new Spent());
        for (var round = 0; round < Rounds; round++)
        {
            hellos += await SpendAsync([hello]);
            gates += await SpendAsync([program, "gate", "--plan", plan, "--date", "2011-11-15"]);
            mySqlGates += await SpendAsync([program, "gate", "--plan", onMySql, "--date", "2011-11-15"]);
        }
        Console.WriteLine($"program       | process time s | wall s   (means of {Rounds}, taking turns)");
        Tell("hello-world", hellos);
        Tell("tagguard gate", gates);
        Tell("difference", new Spent(gates.Cpu - hellos.Cpu, gates.Wall - hellos.Wall));
        Tell("gate on MySQL", mySqlGates);
        return 0;
    }

    /// <summary>A plan whose tables are on the server, with one stage that is judged and open.</summary>
    static async Task<string> JudgedOnMySqlAsync(string program, BenchmarkServer server, string plan)
    {
        await server.RunAsync("create database tagguard character set utf8mb4");
        var connection = $"{{ type: mysql, host: 127.0.0.1, port: {server.Port}, tls: off, database: tagguard, user: root }}";
        await File.WriteAllTextAsync(plan, $"""
            name: gate
            connections:
              store: {connection}
            stages:
              upstream:
                - name: it answers
                  rows: {"{ connection: store, sql: select 1, equals: 1 }"}
            """);
        await SpendAsync([program, "init", "--plan", plan]);
        await SpendAsync([program, "upstream", "--plan", plan, "--date", "2011-11-15"]);
        return plan;
    }

    readonly record struct Spent(double Cpu, double Wall)
    {
        public static Spent operator +(Spent left, Spent right) => new(left.Cpu + right.Cpu, left.Wall + right.Wall);
    }

    static void Tell(string name, Spent spent) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-13} | {spent.Cpu / Rounds,14:0.000} | {spent.Wall / Rounds:0.000}"));

    static async Task<Spent> SpendAsync(string[] args)
    {
        var (cpu, began) = (ChildrenSeconds(), Stopwatch.GetTimestamp());
        using var process = Process.Start(new ProcessStartInfo("dotnet", args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', args)} ended with {process.ExitCode}.");
        return new Spent(ChildrenSeconds() - cpu, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>User and system time of all children that ended: fields 16 and 17 of /proc/self/stat, in hundredths of a second.</summary>
    static double ChildrenSeconds()
    {
        var fields = File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ');
        return (long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture)) / 100.0;
    }

    static async Task<string> BuildHelloAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tagguard-hello-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(\"Hello, World!\");");
        await File.WriteAllTextAsync(Path.Combine(folder, "hello.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>
            <RuntimeIdentifier>linux-x64</RuntimeIdentifier><SelfContained>false</SelfContained><PublishReadyToRun>true</PublishReadyToRun>
            <InvariantGlobalization>true</InvariantGlobalization></PropertyGroup></Project>
            """);
        using var build = Process.Start(
            new ProcessStartInfo("dotnet", ["publish", folder, "-c", "Release", "-o", Path.Combine(folder, "out"), "-v", "quiet"])
        )!;
        await build.WaitForExitAsync();
        return Path.Combine(folder, "out", "hello.dll");
    }
}
