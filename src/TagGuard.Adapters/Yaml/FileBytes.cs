namespace TagGuard.Adapters.Yaml;

/// <summary>Reads files that are small, or not what they should be.</summary>
static class FileBytes
{
    /// <summary>The whole file, or one byte more than is allowed: a device has no end.</summary>
    public static byte[] Read(string file, int most)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var bytes = new MemoryStream();
        var block = new byte[16 * 1024];
        for (int read; bytes.Length <= most && (read = stream.Read(block, 0, (int)Math.Min(block.Length, most + 1 - bytes.Length))) > 0;)
            bytes.Write(block, 0, read);
        return bytes.ToArray();
    }
}
