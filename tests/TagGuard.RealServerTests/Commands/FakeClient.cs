using System.Diagnostics;
using TagGuard.Adapters.Command;
using TagGuard.Sources;

namespace TagGuard.RealServerTests.Commands;

/// <summary>A client that does what no real one does on request: a script, in a folder of its own. It finds the statement's mark as $mark.</summary>
sealed class FakeClient : IDisposable
{
    public static readonly DateOnly Date = new(2026, 1, 2);

    public string Folder { get; } = Directory.CreateTempSubdirectory("tagguard-test-").FullName;

    /// <summary>The first argument is the statement, unless the plan says otherwise.</summary>
    public CommandConnectionPlan Plan { get; init; } = new() { Command = ["./client", "{sql}"], Dialect = CommandDialect.Hive };

    public FakeClient(string script, TimeSpan? timeout = null)
    {
        if (timeout is not null)
            Plan = Plan with { Timeout = timeout.Value };
        var path = Path.Combine(Folder, "client");
        File.WriteAllText(path, "#!/bin/bash\nmark=$(sed -E 's/.*ag:([0-9a-f]{16}):.*/\\1/' <<<\"$1\")\n" + script + "\n");
        Process.Start("chmod", ["+x", path]).WaitForExit();
    }

    public async Task<RowsAnswer> RowsAsync(string sql = "select 3", CancellationToken? cancellationToken = null)
    {
        await using var source = (IRowsSource)Plan.Open("source", Folder, TimeProvider.System);
        return await source.RowsAsync(sql, Date, cancellationToken ?? TestContext.Current.CancellationToken);
    }

    public Task<SourceException> FaultAsync() => Assert.ThrowsAsync<SourceException>(() => RowsAsync());

    public string Text(string file) => File.ReadAllText(Path.Combine(Folder, file)).Trim();

    /// <summary>Until the client wrote a file.</summary>
    public async Task<string> WrittenAsync(string file)
    {
        while (!File.Exists(Path.Combine(Folder, file)) || Text(file).Length == 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        return Text(file);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
