namespace TagGuard.Facts;

/// <summary>One number over time: which check measures it, what it counts, and of which
/// key (a tag, a crowd; empty for the check as a whole).</summary>
public readonly record struct SeriesId(string Check, string Metric, string Key = "") : IComparable<SeriesId>
{
    /// <summary>Whether it counts a tag's users (or a crowd's). Keys of other metrics are examples of what the metric counts.</summary>
    public bool IsTag => Metric == Metrics.TagCount && Key.Length > 0;

    /// <summary>Whether it counts the users of a family of tags.</summary>
    public bool IsFamily => Metric == Metrics.FamilyUsers && Key.Length > 0;

    /// <summary>By the key where there is one: a million tags of one check need not hash its name as often.</summary>
    public override int GetHashCode() => Key.Length > 0 ? Key.GetHashCode(StringComparison.Ordinal) : HashCode.Combine(Check, Metric);

    public int CompareTo(SeriesId other)
    {
        var check = string.CompareOrdinal(Check, other.Check);
        var metric = check != 0 ? check : string.CompareOrdinal(Metric, other.Metric);
        return metric != 0 ? metric : string.CompareOrdinal(Key, other.Key);
    }

    public override string ToString() => Key.Length > 0 ? $"{Check}: {Key}" : $"{Check}: {Metric}";
}

/// <summary>What was measured for one series on one business date: a number, or the reason why there is none. Never NaN, -1 or null.</summary>
public abstract record Measurement(SeriesId Series)
{
    /// <summary>A finite number.</summary>
    /// <param name="Series">What it is.</param>
    /// <param name="Value">The number; a NaN or infinity is refused.</param>
    /// <param name="ShareOfTotal">Share of all tagged users, 0 to 1 (`tag_total_per`); null when the series has none.</param>
    /// <param name="ShareOfActive">Active users with the tag as a share of the day's active
    /// users, 0 to 1 (`tag_dau_per`); null when the series has none.</param>
    public sealed record Taken(SeriesId Series, double Value, double? ShareOfTotal = null, double? ShareOfActive = null) : Measurement(Series)
    {
        public double Value { get; } = double.IsFinite(Value)
            ? Value
            : throw new ArgumentOutOfRangeException(nameof(Value), $"{Series} was measured as {Value}: a measurement is a finite number or missed.");
    }

    /// <summary>No number.</summary>
    /// <param name="Series">What it would have been.</param>
    /// <param name="Reason">Why there is none, and what to do: a sentence.</param>
    /// <param name="IsAbsent">True when the system answered that the data is not there (yet); false when it could not be asked.</param>
    public sealed record Missed(SeriesId Series, string Reason, bool IsAbsent) : Measurement(Series)
    {
        /// <summary>What a reason ends with when the question itself is wrong: it names a column that is not there, or is no SQL. It is stored
        /// with the reason, so that a verdict is the same when it is judged again.</summary>
        public const string PlanCure = "Correct it in the plan, or mend the table.";

        /// <summary>True when the system answered that the question is wrong.</summary>
        public bool IsWrongQuestion => !IsAbsent && Reason.EndsWith(PlanCure, StringComparison.Ordinal);

        /// <summary>True when the system could not be asked, and may answer a little later.</summary>
        public bool IsTransient { get; init; }
    }
}
