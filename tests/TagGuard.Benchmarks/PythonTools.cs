namespace TagGuard.Benchmarks;

/// <summary>Programs of others in Python, in an environment of their own. Needs python3-venv, and TAGGUARD_SHARED for their wheels.</summary>
static class PythonTools
{
    /// <summary>The folder of the wheels, or null when there is none.</summary>
    public static string? Wheels =>
        Environment.GetEnvironmentVariable("TAGGUARD_SHARED") is { } shared ? Path.Combine(shared, "engines", "peers") : null;

    /// <summary>Installs packages; returns the folder of their programs and of `python`.</summary>
    public static async Task<string> InstallAsync(string folder, string wheels, params string[] packages)
    {
        var environment = Path.Combine(folder, "python");
        await BenchmarkServer.RunAsync("python3", "-m", "venv", environment);
        await BenchmarkServer.RunAsync(Path.Combine(environment, "bin", "pip"), ["-q", "install", "--no-index", "--find-links", wheels, .. packages]);
        return Path.Combine(environment, "bin");
    }
}
