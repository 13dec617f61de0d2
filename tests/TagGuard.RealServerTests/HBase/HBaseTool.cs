using System.Diagnostics;
using System.Globalization;
using System.Text;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.HBase;

/// <summary>HBase's own client, in a Java process that takes one command a line (HBaseTool.java): what makes, splits and moves tables for the
/// tests.</summary>
sealed class HBaseTool : IAsyncDisposable
{
    readonly Process _process;
    readonly SemaphoreSlim _one = new(1);

    HBaseTool(Process process) => _process = process;

    public static async Task<HBaseTool> StartAsync()
    {
        var start = new ProcessStartInfo(Engines.Script, ["hbase", Path.Combine(AppContext.BaseDirectory, "HBase", "HBaseTool.java")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var tool = new HBaseTool(Process.Start(start)!);
        _ = tool._process.StandardError.ReadToEndAsync();
        await tool.AnswerAsync();
        return tool;
    }

    /// <summary>Runs a command and gives what it answers; a fault is the test's.</summary>
    public async Task<string> RunAsync(params string[] words)
    {
        await _one.WaitAsync();
        try
        {
            await _process.StandardInput.WriteLineAsync(string.Join(' ', words));
            await _process.StandardInput.FlushAsync();
            return await AnswerAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    async Task<string> AnswerAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ok", StringComparison.Ordinal))
                return line[2..].Trim();
            if (line.StartsWith("fault", StringComparison.Ordinal))
                throw new InvalidOperationException(line);
        }
        throw new InvalidOperationException("HBaseTool has ended.");
    }

    public Task CreateAsync(string table, params string[] splits) => CreateAsync(table, int.MaxValue, splits);

    public Task CreateAsync(string table, int seconds, params string[] splits) =>
        RunAsync("create", table, Number(seconds), splits is [] ? "-" : string.Join(',', splits.Select(Base64)));

    /// <summary>Rows by Java's format of their number.</summary>
    public Task FillAsync(
        string table, long from, long to, string key, string column = "f:a", string value = "v%d", DateTimeOffset? written = null) =>
        RunAsync("fill", table, Number(from), Number(to), key, column, value, written is { } at ? Number(at.ToUnixTimeMilliseconds()) : "-");

    public Task PutAsync(string table, byte[] key, string column = "f:a", string value = "v") =>
        RunAsync("put", table, Convert.ToBase64String(key), column, Base64(value), "-");

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _one.Dispose();
    }
}
