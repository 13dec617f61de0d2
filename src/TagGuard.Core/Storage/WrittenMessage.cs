namespace TagGuard.Deliveries;

/// <summary>A message, ready to be sent.</summary>
/// <param name="Told">A hash of what it tells: where it is the same as before, nobody is told again.</param>
/// <param name="Content">The message in its wire format.</param>
public sealed record WrittenMessage(string Told, ReadOnlyMemory<byte> Content);
