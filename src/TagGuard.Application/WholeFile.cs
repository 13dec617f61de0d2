using System.Text;

namespace TagGuard.Application;

/// <summary>Writes a file aside and moves it: nobody opens half of it.</summary>
public static class WholeFile
{
    public static Task WriteAsync(string file, string text, CancellationToken cancellationToken) =>
        WriteAsync(file, Encoding.UTF8.GetBytes(text), cancellationToken);

    public static async Task WriteAsync(string file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var aside = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            await File.WriteAllBytesAsync(aside, content, cancellationToken);
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
