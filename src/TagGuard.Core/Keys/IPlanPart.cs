namespace TagGuard.Keys;

/// <summary>A record read from the plan that knows more about its own settings than their types say.</summary>
/// <remarks>
/// Called once, after every key was bound. It returns every mistake it can find, each with the cure, and throws nothing.
/// A required key that is missing is reported by the reader, so a part may meet nulls and then stays silent about them.
/// </remarks>
public interface IPlanPart
{
    /// <summary>Mistakes as (key within this part, or null for the part itself; sentence with the cure).</summary>
    IEnumerable<KeyMistake> Mistakes();
}
