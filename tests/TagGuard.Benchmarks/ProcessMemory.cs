using System.Globalization;

namespace TagGuard.Benchmarks;

/// <summary>The most memory that a process has had, as Linux tells it.</summary>
static class ProcessMemory
{
    /// <summary>Bytes; 0 when the process has ended.</summary>
    public static long PeakOf(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
