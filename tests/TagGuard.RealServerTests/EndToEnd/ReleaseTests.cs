using System.Diagnostics;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The archive that `./release` makes, in a root file system that holds no .NET and no ICU,
/// as an ordinary user who may not write to the program's folder.</summary>
public sealed class ReleaseTests
{
    const string Nobody = "65534";

    static readonly string Tree = Path.Combine(Tagguard.Root, "artifacts", "minbase");

    [Fact(Timeout = 300_000)]
    public async Task TheArchiveRunsWhereThereIsNoDotNet()
    {
        var archive = Directory.Exists(Path.Combine(Tagguard.Root, "artifacts", "release"))
            ? Directory
                .GetFiles(Path.Combine(Tagguard.Root, "artifacts", "release"), "tagguard-*-linux-x64.tar.gz")
                .Order(StringComparer.Ordinal)
                .LastOrDefault()
            : null;
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && File.Exists(Path.Combine(Tree, ".made")) && archive is not null,
            "Needs root, an empty Debian in artifacts/minbase and the archive in artifacts/release: ./setup test makes both on x86-64.");
        var (program, work) = ($"/opt/tagguard-{Guid.NewGuid():N}", $"/tmp/work-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Tree + program);
        Directory.CreateDirectory(Tree + work);
        try
        {
            await RunAsync("tar", "-xzf", archive!, "-C", Tree + program, "--strip-components=1");
            await RunAsync("chown", $"{Nobody}:{Nobody}", Tree + work);
            await RunAsync("chmod", "-R", "a-w", Tree + program);
            Assert.Empty(Directory.GetDirectories(Tree + "/usr", "dotnet", SearchOption.AllDirectories));
            Assert.Empty(Directory.GetFiles(Tree + "/usr/lib", "libicu*", SearchOption.AllDirectories));

            var demo = await InsideAsync(work, $"{program}/tagguard", "demo", "--folder", $"{work}/demo");
            var gate = await InsideAsync(work, $"{program}/tagguard", "gate", "--plan", $"{work}/demo/plan.yaml", "--date", "2011-11-15");
            var report = await InsideAsync(
                work,
                $"{program}/tagguard",
                "report",
                "--plan",
                $"{work}/demo/plan.yaml",
                "--date",
                "2011-11-15",
                "--out",
                $"{work}/report.html");

            Assert.True(demo.Exit == 0, demo.Error);
            Assert.All(demo.Line["days"]!.AsArray(), day => Assert.True((bool)day!["right"]!));
            Assert.True(gate.Exit == 0, gate.Error);
            Assert.True((bool)gate.Line["open"]!);
            Assert.True(report.Exit == 0, report.Error);
            Assert.Contains(
                "All gates open",
                await File.ReadAllTextAsync($"{Tree}{work}/report.html", TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
            var notices = await File.ReadAllTextAsync($"{Tree}{program}/THIRD-PARTY-NOTICES.txt", TestContext.Current.CancellationToken);
            Assert.All(
                ["duckdb.net.bindings.full", "mysqlconnector", "sourcegear.sqlite3", "yamldotnet", ".NET runtime"],
                part => Assert.Contains(part, notices, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(Tree + program, recursive: true);
            Directory.Delete(Tree + work, recursive: true);
        }
    }

    /// <summary>Runs a program inside of the tree with nothing of this machine's environment.</summary>
    static async Task<Outcome> InsideAsync(string work, params string[] command)
    {
        string[] how =
        [
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            $"--root={Tree}",
            $"--wd={work}",
            "--mount-proc",
            "setpriv",
            $"--reuid={Nobody}",
            $"--regid={Nobody}",
            "--clear-groups",
            "--no-new-privs",
            "env",
            "-i",
            $"HOME={work}",
            "PATH=/usr/bin:/bin",
        ];
        using var process = Process.Start(
            new ProcessStartInfo("unshare", [.. how, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        return await Tagguard.EndOfAsync(process);
    }

    static async Task RunAsync(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program}: {error}");
    }
}
