using System.Text;

namespace TagGuard.Sources;

/// <summary>How the rows of one key differ between two sides; "there" is the right one.</summary>
public enum DifferenceKind { MissingThere, ExtraThere, DifferentThere }

/// <summary>One key whose rows are not the same on both sides.</summary>
public sealed record Difference(DifferenceKind Kind, string Key)
{
    /// <summary>How a row without a key is shown.</summary>
    public const string NoKey = "(null)";

    public static Difference Of(DifferenceKind kind, byte[]? key) => new(kind, key is null ? NoKey : Encoding.UTF8.GetString(key));
}
