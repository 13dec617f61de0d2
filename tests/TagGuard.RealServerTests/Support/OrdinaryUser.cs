using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TagGuard.RealServerTests.Support;

/// <summary>The program as an ordinary user starts it whose machine has nothing but .NET: no other program, no right to write beside it.</summary>
static class OrdinaryUser
{
    static readonly string[] Become = ["--reuid=65534", "--regid=65534", "--clear-groups"]; // nobody, on every Linux
    static readonly string Dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>False where tests run as root and .NET is in a place that only root can read: root starts the program then.</summary>
    public static bool IsThere { get; } = !Environment.IsPrivilegedProcess || TryDotnetAsNobody();

    /// <summary>Runs it to its end in a folder that is made for all to write to.</summary>
    public static async Task<Outcome> RunAsync(string folder, params string[] args)
    {
        await DoAsync("chmod", "a+rwx", folder);
        var bare = Directory.CreateTempSubdirectory("tagguard-bare-");
        try
        {
            var path = bare.CreateSubdirectory("bin").FullName;
            File.CreateSymbolicLink(Path.Combine(path, "dotnet"), Dotnet);
            // A copy, for the repository may be where only root can read.
            var program = bare.CreateSubdirectory("program").FullName;
            await DoAsync("cp", "-r", Path.GetDirectoryName(Tagguard.Program) + "/.", program);
            await DoAsync("chmod", "-R", "a+rX", bare.FullName);
            string[] run = ["env", "-i", "PATH=" + path, "HOME=" + folder, "dotnet", Path.Combine(program, "tagguard.dll"), .. args];
            string[] all = Environment.IsPrivilegedProcess && IsThere ? ["setpriv", .. Become, .. run] : run;
            using var process = Process.Start(
                new ProcessStartInfo(all[0], all[1..])
                {
                    WorkingDirectory = folder,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            return await Tagguard.EndOfAsync(process);
        }
        finally
        {
            bare.Delete(recursive: true);
        }
    }

    static bool TryDotnetAsNobody()
    {
        using var test = Process.Start("setpriv", [.. Become, "test", "-x", Dotnet]);
        test.WaitForExit();
        return test.ExitCode == 0;
    }

    static async Task DoAsync(string program, params string[] args)
    {
        using var process = Process.Start(program, args);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
