using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TagGuard.RealServerTests.Support;

/// <summary>The built program as a process, as a scheduler starts it.</summary>
sealed class Tagguard(string folder)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Variables of the environment that it is started with, beside those of the tests.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public static string Program { get; } = Path.Combine(Root, "artifacts", "publish", "TagGuard.Jobs", "release", "tagguard.dll");

    /// <summary>Runs it to its end.</summary>
    public async Task<Outcome> RunAsync(params string[] args)
    {
        using var process = Start(args);
        return await EndOfAsync(process);
    }

    public Process Start(params string[] args)
    {
        Assert.True(File.Exists(Program), $"{Program} is not there: run ./setup build.");
        // A shell that runs the tests in the background has them ignore INT, and what they start as well.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Program, .. args])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static async Task<Outcome> EndOfAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return new Outcome(process.ExitCode, await output, await error);
    }

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TagGuard.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}

/// <summary>How a run of the program ended.</summary>
/// <param name="Exit">Its exit code.</param>
/// <param name="Output">What it said on stdout.</param>
/// <param name="Stamped">What it said on stderr, each line with its time.</param>
sealed partial record Outcome(int Exit, string Output, string Stamped)
{
    /// <summary>What it said on stderr, without times.</summary>
    public string Error { get; } = Stamp.Replace(Stamped, "");

    /// <summary>The time at the beginning of a line.</summary>
    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d ", RegexOptions.Multiline | RegexOptions.ECMAScript)]
    public static partial Regex Stamp { get; }

    /// <summary>The last line on stdout, which is one JSON object.</summary>
    public JsonObject Line => (JsonObject)JsonNode.Parse(Output.TrimEnd('\n').Split('\n')[^1])!;

    /// <summary>How the gate of a stage stands, as `gate` says it.</summary>
    public string StandingOf(string stage) => (string)Line["stages"]!.AsArray().Single(one => (string)one!["stage"]! == stage)!["standing"]!;

    public Outcome Expect(int exit)
    {
        Assert.True(exit == Exit, $"Exit {Exit}, expected {exit}.\n{Error}\n{Output}");
        Assert.Equal(exit, (int)Line["exit"]!);
        return this;
    }
}
