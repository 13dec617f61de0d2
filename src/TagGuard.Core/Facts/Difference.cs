using System.Text;

namespace TagGuard.Facts;

/// <summary>How the rows of one key differ between two sides; "there" is the right one.</summary>
public enum DifferenceKind { MissingThere, ExtraThere, DifferentThere }

/// <summary>One key whose rows are not the same on both sides.</summary>
public sealed record Difference(DifferenceKind Kind, string Key)
{
    /// <summary>How a row without a key is shown.</summary>
    public const string NoKey = "(null)";

    /// <summary>How an empty key is shown: the number of such rows has the name without a key.</summary>
    public const string EmptyKey = "(empty)";

    public static Difference Of(DifferenceKind kind, byte[]? key) => new(kind, key switch
    {
        null => NoKey,
        [] => EmptyKey,
        _ => Encoding.UTF8.GetString(key),
    });
}

/// <summary>Keys that differ, for whoever repairs them.</summary>
/// <remarks>There is one only where keys differ: the file of an earlier attempt stays, for the report of that attempt names it.</remarks>
/// <param name="Path">The file, relative to the plan's folder.</param>
/// <param name="Keys">The keys, of each kind at most as many as the plan says.</param>
public sealed record DifferenceFile(string Path, IReadOnlyList<Difference> Keys);
