namespace TagGuard.Sources;

/// <summary>Files for the keys that differ, for whoever repairs them.</summary>
public interface IDifferenceFiles
{
    /// <summary>Writes a file, in place of an earlier one; without differences there is none afterwards.</summary>
    /// <param name="path">Relative to the plan's folder.</param>
    /// <param name="differences">What is written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It cannot be written; so for <see cref="UnauthorizedAccessException"/>.</exception>
    Task WriteAsync(string path, IReadOnlyList<Difference> differences, CancellationToken cancellationToken);
}
