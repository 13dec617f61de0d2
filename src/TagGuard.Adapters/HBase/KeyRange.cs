namespace TagGuard.Adapters.HBase;

/// <summary>Rows from one key up to another.</summary>
/// <param name="Start">The first; empty for the table's first.</param>
/// <param name="End">The first that does not belong to it; empty for none.</param>
readonly record struct KeyRange(byte[] Start, byte[] End)
{
    public static KeyRange All { get; } = new([], []);

    public static KeyRange OfPrefix(byte[] prefix) => new(prefix, RowKeys.AfterAllWith(prefix));

    public bool IsEmpty => End.Length > 0 && Start.AsSpan().SequenceCompareTo(End) >= 0;

    public bool EndsBefore(ReadOnlySpan<byte> key) => End.Length > 0 && key.SequenceCompareTo(End) >= 0;

    public bool Holds(ReadOnlySpan<byte> key) => key.SequenceCompareTo(Start) >= 0 && !EndsBefore(key);

    /// <summary>What lies in both; it may be empty.</summary>
    public KeyRange Within(KeyRange other) => new(
        Start.AsSpan().SequenceCompareTo(other.Start) >= 0 ? Start : other.Start,
        End.Length == 0 || (other.End.Length > 0 && End.AsSpan().SequenceCompareTo(other.End) > 0) ? other.End : End);

    public override string ToString() =>
        $"[{(Start.Length == 0 ? "first" : RowKeys.Text(Start))}, {(End.Length == 0 ? "last" : RowKeys.Text(End))})";
}
