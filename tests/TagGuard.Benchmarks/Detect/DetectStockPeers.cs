using TagGuard.Detection;

namespace TagGuard.Benchmarks.Detect;

/// <summary>What other detectors reach on real tags: measured once on the stocks of stockdev, with code made after their sources.</summary>
/// <param name="Name">The detector.</param>
/// <param name="AtThousand">Core and fine recall at 1 false alarm in 1,000.</param>
/// <param name="AtHundred">The same at 1 in 100.</param>
/// <param name="AveragePrecision">At 1 % prevalence.</param>
/// <param name="AtDefaults">False alarms per 1,000, core and fine recall at its own defaults.</param>
sealed record DetectStockPeer(
    string Name,
    (double Core, double Fine) AtThousand,
    (double Core, double Fine) AtHundred,
    double AveragePrecision,
    (double FalseAlarms, double Core, double Fine) AtDefaults)
{
    public static readonly DetectStockPeer[] All =
    [
        new("day over day +-10 %", (0.492, 0.002), (0.998, 0.222), 0.405, (21, 1, 0.45)),
        new("day over day +-30 %", (0.492, 0.002), (0.998, 0.222), 0.405, (4.7, 0.93, 0.01)),
        new("mean of 7 days +-20 %", (0.499, 0), (0.956, 0.017), 0.376, (18, 0.99, 0.12)),
        new("Elementary", (0, 0), (0.953, 0.636), 0.286, (10, 0.95, 0.64)),
        new("weekday median/MAD, log", (0.776, 0.045), (0.895, 0.192), 0.483, (3.2, 0.84, 0.1)),
        new("deequ Holt-Winters", (0.963, 0.671), (0.988, 0.795), 0.725, (121, 1, 0.91)),
        new("z of the daily log change", (0.94, 0.584), (0.987, 0.806), 0.85, (double.NaN, double.NaN, double.NaN)),
        new("oracle that sees the future", (0.993, 0.861), (0.997, 0.922), 0.936, (double.NaN, double.NaN, double.NaN)),
    ];

    /// <summary>Scores that are at hand, measured now; the default is the threshold that is shipped.</summary>
    public static DetectStockPeer Of(string name, DetectMetrics metrics)
    {
        var shipped = metrics.At(DetectorSettings.Default.AlarmScore);
        var (rare, often) = (metrics.At(metrics.Threshold(1e-3)), metrics.At(metrics.Threshold(1e-2)));
        return new(
            name,
            (rare["core"], rare["fine"]),
            (often["core"], often["fine"]),
            metrics.AveragePrecision(0.01),
            (shipped["false alarms per 1,000"], shipped["core"], shipped["fine"]));
    }

    /// <summary>One line of a table.</summary>
    public override string ToString() =>
        $"{Name,-34} {AtThousand.Core,5:0.000} / {AtThousand.Fine,5:0.000}   {AtHundred.Core,5:0.000} / {AtHundred.Fine,5:0.000}   "
            + $"{AveragePrecision,5:0.000}   {AtDefaults.FalseAlarms:0.#} / {AtDefaults.Core:0.00} / {AtDefaults.Fine:0.00}";
}
