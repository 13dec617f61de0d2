namespace TagGuard.Tests.Support;

/// <summary>Files of the repository that tests run in.</summary>
static class Repository
{
    /// <summary>The full path of a file, given from the top of the repository.</summary>
    public static string Path(string path) => System.IO.Path.Combine(Root(), path);

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(System.IO.Path.Combine(folder, "TagGuard.sln")))
            folder = System.IO.Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder;
    }
}
