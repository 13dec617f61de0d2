namespace TagGuard.RealServerTests.Support;

static class ProcessExtensions
{
    /// <summary>Reads lines until one is as wanted; the end of the text before it is a failure.</summary>
    public static async Task<string> ReadLineUntilAsync(this StreamReader reader, Func<string, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var lines = new List<string>();
        while (await reader.ReadLineAsync(patience.Token) is { } stamped)
        {
            var line = Outcome.Stamp.Replace(stamped, "");
            if (wanted(line))
                return line;
            lines.Add(line);
        }
        throw new InvalidOperationException("The program ended before it said what was waited for:\n" + string.Join('\n', lines));
    }
}
