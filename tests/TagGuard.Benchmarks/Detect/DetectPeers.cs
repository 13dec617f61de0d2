using TagGuard.Detection;

namespace TagGuard.Benchmarks.Detect;

/// <summary>What other detectors reach: measured once on the same series, with code made after their sources; HELD-OUT half unless said.</summary>
/// <param name="Name">The detector.</param>
/// <param name="CoreOnDev">Core recall at 1 false alarm in 1,000, on DEV; NaN where it was not measured alone.</param>
/// <param name="Core">The same on HELD-OUT.</param>
/// <param name="CoreAtHundred">Core recall at 1 false alarm in 100.</param>
/// <param name="AveragePrecision">At 1 % prevalence.</param>
/// <param name="AtDefaults">False alarms per 1,000, core recall and precision at its own defaults.</param>
sealed record DetectPeer(
    string Name,
    double CoreOnDev,
    double Core,
    double CoreAtHundred,
    double AveragePrecision,
    (double FalseAlarms, double Core, double Precision) AtDefaults)
{
    public static readonly DetectPeer[] All =
    [
        new("day over day +-30 %", 0, 0, 0, 0.028, (266, 0.89, 0.003)),
        new("day and week over day, log, volume gate", 0.208, 0.195, 0.481, 0.241, (41, 0.65, 0.012)),
        new("mean of 7 days (DataWorks)", 0.003, 0, 0.132, 0.038, (274, 0.89, 0.003)),
        new("1/7/30-day volatility (DataWorks)", 0, 0, 0, 0.019, (567, 0.97, 0.002)),
        new("deequ OnlineNormal", 0.108, 0.113, 0.357, 0.154, (13, 0.39, 0.022)),
        new("deequ BatchNormal", 0.170, 0.144, 0.361, 0.162, (17, 0.41, 0.018)),
        new("deequ Holt-Winters", 0.250, 0.241, 0.492, 0.275, (135, 0.76, 0.005)),
        new("Elementary", 0.186, 0.142, 0.424, 0.159, (6, 0.35, 0.042)),
        new("weekday median/MAD, log", 0.106, 0.145, 0.357, 0.179, (90, 0.70, 0.006)),
        new("Soda (Prophet)", 0.185, 0.166, 0.388, 0.184, (12, 0.41, 0.025)),
        new("Twitter S-H-ESD", 0.029, 0, 0.215, 0.08, (76, double.NaN, double.NaN)),
        new("Spectral Residual", 0.003, 0.002, 0.014, 0.06, (3, double.NaN, double.NaN)),
        new("tg in Python (the reference)", 0.560, 0.558, 0.746, 0.608, (1.1, 0.57, 0.290)),
        new("oracle that sees the future", 0.651, 0.618, 0.775, 0.567, (double.NaN, double.NaN, double.NaN)),
    ];

    /// <summary>Scores that are at hand, measured now; the default is the threshold that is shipped.</summary>
    public static DetectPeer Of(string name, DetectMetrics metrics)
    {
        var shipped = metrics.At(DetectorSettings.Default.AlarmScore);
        return new(
            name,
            metrics.At(metrics.Threshold(1e-3))["core"],
            double.NaN,
            metrics.At(metrics.Threshold(1e-2))["core"],
            metrics.AveragePrecision(0.01),
            (shipped["false alarms per 1,000"], shipped["core"], shipped["precision at 1 fault in 1,000"]));
    }
}
