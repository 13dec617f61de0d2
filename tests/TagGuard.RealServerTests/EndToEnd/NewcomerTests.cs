using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The README's section "Your own cluster", followed word by word.</summary>
public sealed class NewcomerTests
{
    /// <summary>The commands of the section, as they stand.</summary>
    static async Task<IReadOnlyList<string>> CommandsAsync()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Tagguard.Root, "README.md"), TestContext.Current.CancellationToken);
        var section = readme.Split("## Your own cluster")[1].Split("\n## ")[0];
        return [.. section.Split('\n').SkipWhile(line => !line.StartsWith("    ", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim())];
    }

    [Fact]
    public async Task TheSectionWorksFromAnEmptyFolder()
    {
        var commands = await CommandsAsync();
        var yesterday = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1);
        // Their warehouse: as many days as fill the history, up to yesterday.
        using var small = new SmallWarehouse().Write(yesterday.AddDays(-44), 45);
        File.Delete(Path.Combine(small.Folder, "tagguard.yaml"));
        var before = new List<string>();

        foreach (var command in commands)
        {
            var isDoctorBeforeInit = command.StartsWith("tagguard doctor", StringComparison.Ordinal) && !before.Any(IsInit);
            before.Add(command.Replace("/opt/tagguard", Shell.Installed, StringComparison.Ordinal)
                .Replace("2026-01-01", $"{yesterday.AddDays(-44):yyyy-MM-dd}", StringComparison.Ordinal));
            // Each in the shell that the one before left, with what it exported.
            var exports = string.Join('\n', before.Where(line => line.StartsWith("export", StringComparison.Ordinal)));
            var outcome = await Shell.RunAsync(small.Folder, null, "/bin/bash", "-c", $"{exports}\n{before[^1]}");

            Assert.True(outcome.Exit == (isDoctorBeforeInit ? 3 : 0), $"{command}: exit {outcome.Exit}\n{outcome.Error}\n{outcome.Output}");
            if (isDoctorBeforeInit)
                Assert.Contains("Run `tagguard init`", outcome.Error, StringComparison.Ordinal);
            // The person changes connections, tables and rules, once the copied plan was read as it is.
            if (command.StartsWith("tagguard run --dry-run", StringComparison.Ordinal))
                await File.WriteAllTextAsync(
                    Path.Combine(small.Folder, "tagguard.yaml"), SmallWarehouse.Plan, TestContext.Current.CancellationToken);
        }

        Assert.Equal(9, commands.Count);
        static bool IsInit(string line) => line.StartsWith("tagguard init", StringComparison.Ordinal);
    }
}
