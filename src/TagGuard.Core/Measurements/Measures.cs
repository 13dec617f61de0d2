namespace TagGuard.Measurements;

/// <summary>Every kind of measurement, by its key in the plan.</summary>
public static class Measures
{
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>
    {
        ["rows"] = typeof(RowsMeasure),
        ["path"] = typeof(PathMeasure),
        ["freshness"] = typeof(FreshnessMeasure),
        ["count"] = typeof(CountMeasure),
        ["volume"] = typeof(VolumeMeasure),
        ["equal"] = typeof(EqualMeasure),
        ["export"] = typeof(ExportMeasure),
    };
}
