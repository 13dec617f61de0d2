namespace TagGuard.Benchmarks;

/// <summary>A folder that goes with all that is in it.</summary>
/// <param name="name">What it is for.</param>
sealed class TemporaryFolder(string name) : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory($"tagguard-{name}-").FullName;

    /// <summary>Where something in it is.</summary>
    public string Of(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
