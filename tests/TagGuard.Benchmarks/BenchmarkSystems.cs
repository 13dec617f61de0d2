using System.Globalization;
using TagGuard.Facts;
using TagGuard.Measurements;
using TagGuard.Sources;

namespace TagGuard.Benchmarks;

/// <summary>Sources by their names, and a comparison that has to find what was planted.</summary>
sealed class BenchmarkSystems(params ISource[] sources) : ISources, IAsyncDisposable
{
    static readonly BusinessDay Day = new(new DateOnly(2026, 1, 5), TimeZoneInfo.Utc);

    public T Get<T>(string name) where T : ISource => (T)sources.First(source => source.Name == name);

    public Task CloseAsync() => Task.CompletedTask;

    public void Abandon()
    {
    }

    public async Task CompareAsync(EqualMeasure measure, long rows, int missing, int extra, int different)
    {
        var taking = await measure.TakeAsync(new MeasureContext("bench", Day, this, TimeProvider.System), CancellationToken.None);
        var expected = new Dictionary<string, double>
        {
            [Metrics.LeftRows] = rows,
            [Metrics.RightRows] = rows - missing + extra,
            [Metrics.MissingThere] = missing,
            [Metrics.ExtraThere] = extra,
            [Metrics.DifferentThere] = different,
        };
        foreach (var (metric, value) in expected)
        {
            var found = taking.Measurements.FirstOrDefault(one => one.Series is { Key: "" } series && series.Metric == metric);
            if (found is not Measurement.Taken taken || taken.Value != value)
                throw new InvalidOperationException($"{metric} should be {value}: {found}");
        }
    }

    /// <summary>The most memory that this process had since `5` was written to /proc/self/clear_refs.</summary>
    public static long PeakBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources)
            await source.DisposeAsync();
    }
}
