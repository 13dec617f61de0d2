using System.Text.Json.Nodes;

[assembly: AssemblyFixture(typeof(TagGuard.RealServerTests.Support.Demo))]

namespace TagGuard.RealServerTests.Support;

/// <summary>`tagguard demo`, played by an ordinary user, once for all tests that look at it, when the first of them does.</summary>
public sealed class Demo : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("tagguard-demo-").FullName;
    readonly Lazy<Outcome> _outcome;

    public Demo() => _outcome = new(() => Task.Run(() => OrdinaryUser.RunAsync(_folder, "demo")).GetAwaiter().GetResult());

    internal Outcome Outcome => _outcome.Value;

    /// <summary>The program in the demo's folder, once it was played.</summary>
    internal Tagguard Tagguard
    {
        get
        {
            _ = Outcome;
            return new Tagguard(Path.Combine(_folder, "tagguard-demo"));
        }
    }

    /// <summary>Something in the demo's folder, once it was played.</summary>
    internal string Of(params string[] parts)
    {
        _ = Outcome;
        return Path.Combine([_folder, "tagguard-demo", .. parts]);
    }

    internal IReadOnlyList<JsonObject> Days => [.. Outcome.Line["days"]!.AsArray().Select(day => day!.AsObject())];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
