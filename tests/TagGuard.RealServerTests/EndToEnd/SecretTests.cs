using System.Text;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>A secret stays one, whatever the plan uses it for.</summary>
public sealed class SecretTests
{
    static readonly Dictionary<string, string> Secrets = new()
    {
        ["SECRET_HOST"] = "geheim-host.invalid",
        ["SECRET_USER"] = "geheim_user",
        ["SECRET_PASSWORD"] = "geheim password",
        ["SECRET_DATABASE"] = "geheim_db",
        ["SECRET_FOLDER"] = "geheim-folder",
        ["SECRET_FILE"] = "geheim-file.db",
        ["SECRET_HEADER"] = "geheim-token",
    };

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NothingThatIsPrintedStoredOrReportedHoldsASecret()
    {
        using var logs = new LogTables("""
              tags:
                - { name: service, count: { connection: service, table: t, partition: d, rule: { expect: { at_least: 1 } } } }
                - { name: warehouse, count: { connection: warehouse, table: dw.t, partition: d, rule: { expect: { at_least: 1 } } } }
                - { name: log, rows: { connection: log, sql: "select 1 from t", equals: 1 } }
                - { name: marker, path: { connection: marks, path: "{date:yyyyMMdd}" } }
                - { name: api, http: { connection: api, path: /x, field: state, equals: done } }

            """, """
              service: { type: mysql, host: "${env:SECRET_HOST}", user: "${env:SECRET_USER}", password: "${env:SECRET_PASSWORD}",
                database: "${env:SECRET_DATABASE}", tls: off, connect_timeout: 2s }
              warehouse: { type: duckdb, path: "${env:SECRET_FOLDER}" }
              log: { type: sqlite, path: "${env:SECRET_FILE}" }
              marks: { type: files, path: "${env:SECRET_FOLDER}/marks" }
              api: { type: http, url: "http://127.0.0.1:9", headers: { Authorization: "${env:SECRET_HEADER}" } }

            """);
        foreach (var (name, value) in Secrets)
            logs.Tagguard.Variables[name] = value;
        await logs.InitAsync();

        var outcomes = new List<Outcome>();
        foreach (
            var args in new string[][]
            {
                ["doctor", "--verbose"],
                ["run", "--dry-run", "--date", LogTables.Date],
                ["tags", "--date", LogTables.Date],
                ["report", "--date", LogTables.Date],
                ["gate", "--date", LogTables.Date],
            })
            outcomes.Add(await logs.Tagguard.RunAsync(args));
        foreach (var check in new[] { "service", "warehouse", "log", "marker", "api" })
            outcomes.Add((await logs.Tagguard.RunAsync("explain", check, "--all", "--date", LogTables.Date)).Expect(0));

        // The names stand where the values would: otherwise this would look at nothing.
        Assert.All(
            ["SECRET_HOST", "SECRET_FOLDER", "SECRET_FILE"],
            name => Assert.Contains(outcomes, outcome => outcome.Error.Contains($"${{env:{name}}}", StringComparison.Ordinal)));
        var report = await File.ReadAllTextAsync((string)outcomes[3].Line["report"]!, Token);
        var store = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Path.Combine(logs.Folder, "tagguard.db"), Token));
        Assert.Contains("SECRET_HOST", report, StringComparison.Ordinal);
        Assert.Contains("SECRET_HOST", store, StringComparison.Ordinal);
        foreach (var text in outcomes.SelectMany(outcome => new[] { outcome.Error, outcome.Output }).Append(report).Append(store))
            Assert.DoesNotContain("geheim", text, StringComparison.OrdinalIgnoreCase);
    }
}
