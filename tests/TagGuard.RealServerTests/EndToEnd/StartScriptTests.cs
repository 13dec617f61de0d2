using System.Diagnostics;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>`./tagguard` as a scheduler calls it, in a folder of its own.</summary>
public sealed class StartScriptTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-start-").FullName;

    public StartScriptTests()
    {
        File.Copy(Path.Combine(Tagguard.Root, "tagguard"), Path.Combine(_folder, "tagguard"));
        Directory.CreateDirectory(Path.Combine(_folder, "src"));
        Write("setup", "#!/bin/sh\ntouch \"$(dirname \"$0\")/was-built\"\necho Permission denied >&2\nexit 1\n");
        using var chmod = Process.Start("chmod", ["755", Path.Combine(_folder, "setup")]);
        chmod.WaitForExit();
    }

    [Fact]
    public async Task AnInstalledProgramNeverBuilds()
    {
        var publish = Directory.CreateDirectory(Path.Combine(_folder, "artifacts", "publish", "TagGuard.Jobs")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(publish, "release"), Path.GetDirectoryName(Tagguard.Program)!);
        Write("artifacts/.built", "");
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "artifacts", ".built"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Write("src/touched.cs", "");

        var outcome = await StartAsync("--version");

        Assert.Equal(0, outcome.Exit);
        Assert.Contains("./setup build", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "was-built")));
    }

    [Fact]
    public async Task ABuildThatFailsExitsWith5()
    {
        var outcome = (await StartAsync("gate")).Expect(5);

        Assert.True(File.Exists(Path.Combine(_folder, "was-built")));
        Assert.Contains("could not be built", (string)outcome.Line["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProgramThatIsNotThereExitsWith5()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "artifacts"));
        Write("artifacts/.built", "");

        var outcome = (await StartAsync("gate")).Expect(5);

        Assert.Contains("cannot be read", (string)outcome.Line["error"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMachineWithoutDotnetExitsWith5()
    {
        var outcome = (await StartAsync("/usr/bin/env", "PATH=/nowhere", "/bin/bash", "./tagguard", "gate")).Expect(5);

        Assert.Contains("dotnet", (string)outcome.Line["error"]!, StringComparison.Ordinal);
    }

    /// <summary>A job that runs goes on reading its program's files.</summary>
    [Fact]
    public async Task ABuildLeavesTheProgramBeforeItWhereAJobReadsIt()
    {
        File.Copy(Path.Combine(Tagguard.Root, "setup"), Path.Combine(_folder, "setup"), overwrite: true);
        Directory.CreateDirectory(Path.Combine(_folder, "bin"));
        Write("bin/dotnet", """
            #!/bin/sh
            while [ "$1" != -o ]; do shift; done
            mkdir -p "$2" && echo "$BUILD" >"$2/tagguard.dll" && [ "$BUILD" != broken ]
            """);
        using (var chmod = Process.Start("chmod", ["755", Path.Combine(_folder, "bin", "dotnet"), Path.Combine(_folder, "setup")]))
            await chmod.WaitForExitAsync(TestContext.Current.CancellationToken);
        var program = Path.Combine(_folder, "artifacts", "publish", "TagGuard.Jobs", "release");

        Assert.Equal(0, await BuildAsync("first"));
        var running = new DirectoryInfo(program).ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        Assert.Equal(0, await BuildAsync("second"));
        Assert.NotEqual(0, await BuildAsync("broken"));

        Assert.Equal("first", Text(running));
        Assert.Equal("second", Text(program));
        Assert.Equal(0, await BuildAsync("third"));
        Assert.False(Directory.Exists(running));
        Assert.Equal("third", Text(program));

        string Text(string folder) => File.ReadAllText(Path.Combine(folder, "tagguard.dll")).Trim();

        async Task<int> BuildAsync(string build) =>
            (await StartAsync("/usr/bin/env", $"PATH={_folder}/bin:/usr/bin:/bin", $"BUILD={build}", "./setup", "build")).Exit;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    async Task<Outcome> StartAsync(params string[] args)
    {
        var all = args[0].StartsWith('/') ? args : ["./tagguard", .. args];
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(_folder, all[0]), all[1..])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return await Tagguard.EndOfAsync(process);
    }
}
