namespace TagGuard.RealServerTests.SparkConnect;

/// <summary>What the server wrote about the statements of a user that no other test has.</summary>
sealed class SparkLog(string user)
{
    static readonly string File = Path.Combine(
        Environment.GetEnvironmentVariable("TAGGUARD_ENGINES_STATE") ?? "/tmp/tagguard-engines", "log", "spark.log");

    readonly long _from = new FileInfo(File).Length;

    /// <summary>Until it has written such a line about them.</summary>
    public async Task UntilAsync(string words)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Spark.Token);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (!(await LinesAsync()).Any(line => line.Contains(words, StringComparison.Ordinal)))
            await Task.Delay(50, patience.Token);
    }

    /// <summary>The id of the one statement that the Thrift Server was sent with these words in it, when it runs.</summary>
    public async Task<string> StatementAsync()
    {
        await UntilAsync("Submitting query");
        return (await LinesAsync()).Single(line => line.Contains("Submitting query", StringComparison.Ordinal)).TrimEnd()[^36..];
    }

    /// <summary>Lines about them since this was made.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync()
    {
        await using var stream = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Position = _from;
        using var reader = new StreamReader(stream);
        return [.. (await reader.ReadToEndAsync(Spark.Token)).Split('\n').Where(line => line.Contains(user, StringComparison.Ordinal))];
    }
}
