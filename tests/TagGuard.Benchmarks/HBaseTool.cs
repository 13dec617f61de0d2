using System.Diagnostics;
using System.Globalization;

namespace TagGuard.Benchmarks;

/// <summary>HBase's own client (HBaseTool.java of the real servers' tests), which takes one command a line. Needs `engines up hbase rest`.</summary>
sealed class HBaseTool : IDisposable
{
    readonly Process _process = Process.Start(
        new ProcessStartInfo(EngineTools.Script, ["hbase", Path.Combine(AppContext.BaseDirectory, "HBaseTool.java")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    public HBaseTool()
    {
        _process.BeginErrorReadLine();
        Answer();
    }

    public string Run(params string[] words)
    {
        _process.StandardInput.WriteLine(string.Join(' ', words));
        _process.StandardInput.Flush();
        return Answer();
    }

    /// <summary>Counts a table with its own RPC, its regions side by side; in seconds.</summary>
    public (long Rows, double Seconds) Count(string table)
    {
        var told = Run("count", table, "10000").Split(' ');
        return (long.Parse(told[0], CultureInfo.InvariantCulture), long.Parse(told[1], CultureInfo.InvariantCulture) / 1000.0);
    }

    string Answer()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith("ok", StringComparison.Ordinal))
                return line[2..].Trim();
            if (line.StartsWith("fault", StringComparison.Ordinal))
                throw new InvalidOperationException(line);
        }
        throw new InvalidOperationException("HBaseTool has ended.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
