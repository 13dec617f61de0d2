using System.Diagnostics;

namespace TagGuard.RealServerTests.Support;

/// <summary>Another program than ours, as a person or a scheduler starts it.</summary>
static class Shell
{
    /// <summary>The folder of the built program, which an archive unpacks to /opt/tagguard.</summary>
    public static string Installed { get; } = Path.GetDirectoryName(Tagguard.Program)!;

    /// <summary>Runs it to its end.</summary>
    public static async Task<Outcome> RunAsync(string folder, IReadOnlyDictionary<string, string>? variables, string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        return await Tagguard.EndOfAsync(process);
    }

    /// <summary>Skips the test where a program is not there.</summary>
    public static void Need(string program, string package) =>
        Assert.SkipUnless(File.Exists(program), $"{program} is not there: apt-get install {package}");
}
