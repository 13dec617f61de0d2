using System.Text.Json;

namespace TagGuard.Sources;

/// <summary>A source that answers with JSON: an HTTP(S) endpoint.</summary>
public interface IJsonSource : ISource
{
    /// <summary>What is at a path. One that is not there is an <see cref="SourceException.IsAbsent"/> error.</summary>
    /// <param name="path">Path and query behind the connection's url.</param>
    /// <param name="cancellationToken">Gives up the request.</param>
    Task<JsonAnswer> GetAsync(string path, CancellationToken cancellationToken);

    /// <summary>What <see cref="GetAsync"/> asks, without headers. Touches nothing.</summary>
    string Question(string path);
}

/// <summary>What was answered.</summary>
public sealed record JsonAnswer(JsonElement Root, string Asked);
