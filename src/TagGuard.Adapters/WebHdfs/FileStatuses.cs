using System.Text.Json;
using TagGuard.Sources;

namespace TagGuard.Adapters.WebHdfs;

/// <summary>Files and folders as the server's JSON tells them. What is not as it should be throws what <see cref="JsonElement"/> throws, or
/// <see cref="InvalidDataException"/>.</summary>
static class FileStatuses
{
    static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The answer to GETFILESTATUS.</summary>
    public static PathInfo One(JsonElement answer, string path) => Info(answer.GetProperty("FileStatus"), path);

    /// <summary>The answer to LISTSTATUS; null when it is about a file.</summary>
    public static IReadOnlyList<PathInfo>? Whole(JsonElement answer, string folder) => List(answer, folder);

    /// <summary>The answer to LISTSTATUS_BATCH, and how many are still to come; null when it is about a file.</summary>
    public static (IReadOnlyList<PathInfo>? Page, long Remaining) Page(JsonElement answer, string folder)
    {
        var listing = answer.GetProperty("DirectoryListing");
        var remaining = listing.GetProperty("remainingEntries").GetInt64();
        return remaining < 0
            ? throw new InvalidDataException("A negative number of entries remains.")
            : (List(listing.GetProperty("partialListing"), folder), remaining);
    }

    /// <summary>The answer to GETCONTENTSUMMARY, which counts the folder itself among its folders.</summary>
    public static FolderContent Content(JsonElement answer)
    {
        var content = answer.GetProperty("ContentSummary");
        long Of(string key) => content.GetProperty(key).GetInt64();
        return new FolderContent(Of("fileCount"), Of("directoryCount") - 1, Of("length"));
    }

    static List<PathInfo>? List(JsonElement answer, string folder)
    {
        var listed = new List<PathInfo>();
        foreach (var status in answer.GetProperty("FileStatuses").GetProperty("FileStatus").EnumerateArray())
        {
            var name = status.GetProperty("pathSuffix").GetString();
            // A file is told as the only entry of itself.
            if (name == "" && listed.Count == 0)
                return null;
            listed.Add(name is null or "" or "." or ".." || name.Contains('/')
                ? throw new InvalidDataException("An entry's name is none.")
                : Info(status, $"{folder.TrimEnd('/')}/{name}"));
        }
        return listed;
    }

    static PathInfo Info(JsonElement status, string path)
    {
        var isFolder = status.GetProperty("type").GetString() switch
        {
            "FILE" => false,
            "DIRECTORY" => true,
            var other => throw new InvalidDataException($"A {other} is neither a file nor a folder."),
        };
        var bytes = status.GetProperty("length").GetInt64();
        var modified = status.GetProperty("modificationTime").GetInt64();
        return bytes < 0 || modified < 0
            ? throw new InvalidDataException("A size or time is negative.")
            : new PathInfo(path, isFolder, bytes, DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(modified, LastMillisecond)));
    }
}
