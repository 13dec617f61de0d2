namespace TagGuard.Measurements;

/// <summary>Every kind of measurement, by its key in the plan.</summary>
public static class Measures
{
    public static IReadOnlyDictionary<string, Type> All { get; } = new Dictionary<string, Type>
    {
        ["rows"] = typeof(RowsMeasure),
        ["path"] = typeof(PathMeasure),
        ["http"] = typeof(HttpMeasure),
        ["freshness"] = typeof(FreshnessMeasure),
        ["count"] = typeof(CountMeasure),
        ["volume"] = typeof(VolumeMeasure),
        ["compare"] = typeof(CompareMeasure),
        ["equal"] = typeof(EqualMeasure),
        ["reads"] = typeof(ReadsMeasure),
        ["export"] = typeof(ExportMeasure),
    };

    /// <summary>The key of a measurement's kind.</summary>
    public static string KindOf(IMeasure measure) => All.First(kind => kind.Value == measure.GetType()).Key;
}
