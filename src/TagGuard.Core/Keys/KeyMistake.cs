namespace TagGuard.Keys;

/// <summary>What is wrong with a part of the plan: the key within the part (dotted for a part in
/// it; null for the part itself), and a sentence with the cure.</summary>
/// <remarks>A class, not a tuple: code over it is compiled ahead of time, and `tagguard gate` must start fast.</remarks>
public sealed record KeyMistake(string? Key, string Message)
{
    public static implicit operator KeyMistake((string? Key, string Message) mistake) => new(mistake.Key, mistake.Message);
}
