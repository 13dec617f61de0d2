namespace TagGuard.Jobs;

/// <summary>Whether files can be made in a folder, which may have to be made itself.</summary>
static class WritableFolder
{
    /// <summary>Why not; null when they can. Leaves nothing behind.</summary>
    public static string? FaultOf(string folder)
    {
        var nearest = folder;
        while (!Directory.Exists(nearest) && !File.Exists(nearest))
            nearest = Path.GetDirectoryName(nearest)!;
        var file = Path.Combine(nearest, $".tagguard-{Environment.ProcessId}");
        try
        {
            File.Create(file).Dispose();
            File.Delete(file);
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return $"{fault.Message} A run writes there: let this user ({Environment.UserName}) write to {nearest}.";
        }
    }
}
