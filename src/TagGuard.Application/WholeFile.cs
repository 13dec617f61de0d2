namespace TagGuard.Application;

/// <summary>Writes a file aside and moves it: nobody opens half of it.</summary>
public static class WholeFile
{
    public static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var aside = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            await File.WriteAllTextAsync(aside, text, cancellationToken);
            File.Move(aside, file, overwrite: true);
        }
        catch
        {
            // On a full disk, what was begun would keep what is left of it.
            File.Delete(aside);
            throw;
        }
    }
}
