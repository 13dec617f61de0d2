using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(TagGuard.RealServerTests.Support.Demo))]

namespace TagGuard.RealServerTests.Support;

/// <summary>`tagguard demo`, played once for all tests that look at it.</summary>
public sealed class Demo : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-demo-").FullName;
    Outcome? _outcome;

    internal Outcome Outcome => _outcome!;

    internal Tagguard Tagguard => new(Path.Combine(_folder, "tagguard-demo"));

    internal IReadOnlyList<JsonObject> Days => [.. Outcome.Line["days"]!.AsArray().Select(day => day!.AsObject())];

    public async ValueTask InitializeAsync() => _outcome = await new Tagguard(_folder).RunAsync("demo");

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
