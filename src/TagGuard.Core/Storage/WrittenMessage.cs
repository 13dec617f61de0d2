namespace TagGuard.Storage;

/// <summary>A message, ready to be sent.</summary>
/// <param name="Told">A hash of what it tells: where it is the same as before, nobody is told again.</param>
/// <param name="Content">The message in its wire format.</param>
public sealed record WrittenMessage(string Told, ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether it is told to somebody who was told nothing of its date so far.</summary>
    public bool IsNews { get; init; } = true;
}
