namespace TagGuard.Keys;

/// <summary>A value to compare with: text, a number, true or false; may hold places for
/// the business date as a <see cref="DatePattern"/> does.</summary>
public sealed record ValuePattern(string Text)
{
    public bool HasDate => new DatePattern(Text).HasDate;

    /// <summary>The value for one business date.</summary>
    public string For(DateOnly date) => new DatePattern(Text).For(date);

    public override string ToString() => Text;
}
