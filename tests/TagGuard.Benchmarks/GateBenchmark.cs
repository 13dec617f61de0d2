using System.Diagnostics;
using System.Globalization;

namespace TagGuard.Benchmarks;

/// <summary>
/// What `tagguard gate` costs a scheduler: the built program's process time (user + system) and wall time against a `dotnet` hello-world that is built
/// the same way (ReadyToRun), taking turns. Needs ./setup build, and the demo's folder (./tagguard demo).
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
        var (gates, hellos) = (new List<(double Cpu, double Wall)>(), new List<(double Cpu, double Wall)>());
        for (var round = 0; round < Rounds; round++)
        {
            hellos.Add(await TimeAsync([hello]));
            gates.Add(await TimeAsync([program, "gate", "--plan", plan, "--date", "2011-11-15"]));
        }
        Console.WriteLine("program       | process time s | wall s   (medians of 20, taking turns)");
        Tell("hello-world", hellos);
        Tell("tagguard gate", gates);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"difference    | {Median(gates, run => run.Cpu) - Median(hellos, run => run.Cpu),14:0.000} | {Median(gates, run => run.Wall) - Median(hellos, run => run.Wall):0.000}"));
        return 0;
    }

    static void Tell(string name, List<(double Cpu, double Wall)> runs) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-13} | {Median(runs, run => run.Cpu),14:0.000} | {Median(runs, run => run.Wall):0.000}"));

    static double Median(List<(double Cpu, double Wall)> runs, Func<(double Cpu, double Wall), double> of) => runs.Select(of).Order().ElementAt(runs.Count / 2);

    static async Task<(double Cpu, double Wall)> TimeAsync(string[] args)
    {
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", args) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.TotalProcessorTime.TotalSeconds, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    static async Task<string> BuildHelloAsync()
    {
        var folder = Directory.CreateTempSubdirectory("tagguard-hello-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(\"Hello, World!\");");
        await File.WriteAllTextAsync(Path.Combine(folder, "hello.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><RuntimeIdentifier>linux-x64</RuntimeIdentifier>
            <SelfContained>false</SelfContained><PublishReadyToRun>true</PublishReadyToRun><InvariantGlobalization>true</InvariantGlobalization></PropertyGroup></Project>
            """);
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["publish", folder, "-c", "Release", "-o", Path.Combine(folder, "out"), "-v", "quiet"]))!;
        await build.WaitForExitAsync();
        return Path.Combine(folder, "out", "hello.dll");
    }
}
