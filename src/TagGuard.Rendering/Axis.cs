namespace TagGuard.Rendering;

/// <summary>The vertical axis of a chart: from zero, unless from zero nothing could be seen.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end, above <paramref name="Low"/>.</param>
/// <param name="Steps">Equal steps from one to the other.</param>
readonly record struct Axis(double Low, double High, int Steps)
{
    /// <summary>Values that all lie in this upper part of the axis would be a flat line at its top.</summary>
    const double Hidden = 0.12;

    public bool StartsAtZero => Low == 0;

    /// <summary>The values at the steps, from the top.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            var (low, high, steps) = this;
            return Enumerable.Range(0, steps + 1).Select(step => high - ((high - low) * step / steps));
        }
    }

    /// <summary>Height above the lower end as a part of the axis; what lies beyond an end is put on it.</summary>
    public double At(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

    /// <summary>An axis with round numbers at its steps.</summary>
    public static Axis For(IReadOnlyCollection<double> values)
    {
        var (low, high, _) = Within([.. values]);
        var step = Math.Max(NiceStep((high - low) / 4), values.All(double.IsInteger) ? 1 : 0);
        low = Math.Floor(low / step) * step;
        high = Math.Ceiling(high / step) * step;
        return new Axis(low, high, (int)Math.Round((high - low) / step));
    }

    /// <summary>An axis that ends where the values end; a NaN is no value.</summary>
    public static Axis Within(ReadOnlySpan<double> values)
    {
        var (lowest, highest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (value < lowest)
                lowest = value;
            if (value > highest)
                highest = value;
        }
        if (lowest > highest)
            return new Axis(0, 1, 1);
        var (low, high) = (Math.Min(0, lowest), Math.Max(0, highest));
        // What never moves can be seen from zero as well.
        if (lowest > 0 && highest > lowest && (high - lowest) / high < Hidden)
            low = lowest - Math.Max((high - lowest) / 4, high / 100);
        return high > low ? new Axis(low, high, 1) : new Axis(0, 1, 1);
    }

    static double NiceStep(double atLeast)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        var digit = new[] { 1, 2, 2.5, 5 }.FirstOrDefault(candidate => candidate * power >= atLeast, 10);
        return digit * power;
    }
}
