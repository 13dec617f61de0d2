using System.Runtime.CompilerServices;

namespace TagGuard.Tests.Support;

/// <summary>Compares text with a file that a person has looked at. TAGGUARD_APPROVE=1
/// rewrites the files: look at the difference before committing.</summary>
static class Approved
{
    public static void Matches(string name, string actual, [CallerFilePath] string caller = "")
    {
        var file = Path.Combine(FolderOf(caller), name);
        if (Environment.GetEnvironmentVariable("TAGGUARD_APPROVE") == "1")
            File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} is not there. Run the tests with TAGGUARD_APPROVE=1, look at it, and commit it.");
        Assert.Equal(File.ReadAllText(file), actual, ignoreLineEndingDifferences: true);
    }

    static string FolderOf(string caller)
    {
        var folder = Path.GetDirectoryName(caller)!;
        while (!Directory.Exists(Path.Combine(folder, "Approved")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"No folder Approved above {caller}.");
        return Path.Combine(folder, "Approved");
    }
}
