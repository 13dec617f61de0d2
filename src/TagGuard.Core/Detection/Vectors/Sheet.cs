using System.Buffers;
using TagGuard.Detection.Forecast;
using Lanes = System.Runtime.Intrinsics.Vector256<double>;

namespace TagGuard.Detection.Vectors;

/// <summary>The room to work on one check: four tags side by side in a vector, the days of four tags after one another.</summary>
sealed class Sheet : IDisposable
{
    /// <summary>63 days of residuals, and today's.</summary>
    public const int Columns = LevelFilters.Kept + 1;

    /// <summary>Days before today on which an event may have begun that goes on.</summary>
    public const int RecentDays = 2;

    readonly Lanes[] _points;
    readonly Lanes[] _residuals;
    readonly Lanes[] _offsets;
    readonly Lanes[] _weeks;
    readonly Lanes[] _perTags;
    readonly Lanes[] _quarantined;

    /// <param name="tags">Number of tags.</param>
    /// <param name="hasQuarantine">Whether some days are quarantined.</param>
    public Sheet(int tags, bool hasQuarantine)
    {
        Tags = tags;
        Blocks = (tags + CountScale.Width - 1) / CountScale.Width;
        _points = ArrayPool<Lanes>.Shared.Rent(Blocks * CheckMorning.Days);
        _residuals = ArrayPool<Lanes>.Shared.Rent(Blocks * Columns);
        _offsets = ArrayPool<Lanes>.Shared.Rent(Blocks * 7);
        _weeks = ArrayPool<Lanes>.Shared.Rent(Blocks * 7);
        _perTags = ArrayPool<Lanes>.Shared.Rent(Blocks * 7);
        _quarantined = hasQuarantine ? ArrayPool<Lanes>.Shared.Rent(Blocks * RecentDays) : [];
    }

    public int Tags { get; }

    /// <summary>Fours of tags; the last one may be part empty, then its counts are unknown.</summary>
    public int Blocks { get; }

    /// <summary>Per four tags 64 days: first the errors of the forecasts, then, cleaned step by step, what is left to each tag; log units.</summary>
    public Span<Lanes> Residuals => _residuals.AsSpan(0, Blocks * Columns);

    /// <summary>Level before today, in points; NaN without a known day in four weeks.</summary>
    public Span<Lanes> Levels => PerTag(0);

    /// <summary>Forecast of today with its weekday, in points; NaN without history.</summary>
    public Span<Lanes> Forecasts => PerTag(1);

    /// <summary>Points per log unit around the forecast.</summary>
    public Span<Lanes> PerLogUnit => PerTag(2);

    /// <summary>Today's residuals before anything common is removed.</summary>
    public Span<Lanes> Raw => PerTag(3);

    /// <summary>The spread of the residuals before anything common is removed.</summary>
    public Span<Lanes> Sigmas => PerTag(4);

    /// <summary>How much of each tag changes from one day to the next: see <see cref="Noise.Turnover"/>.</summary>
    public Span<Lanes> Turnovers => PerTag(5);

    /// <summary>A column for what comes and goes.</summary>
    public Span<Lanes> Column => PerTag(6);

    /// <summary>
    /// Per four tags the residuals of the day before yesterday and of yesterday, quarantined or
    /// not, cleaned like all others; empty when no day is quarantined.
    /// </summary>
    public Span<Lanes> Recent => _quarantined.Length == 0 ? [] : _quarantined.AsSpan(0, Blocks * RecentDays);

    public Span<Lanes> Points(int block) => _points.AsSpan(block * CheckMorning.Days, CheckMorning.Days);

    public Span<Lanes> ResidualsOf(int block) => _residuals.AsSpan(block * Columns, Columns);

    public Span<Lanes> RecentOf(int block) => _quarantined.Length == 0 ? [] : _quarantined.AsSpan(block * RecentDays, RecentDays);

    public Span<Lanes> Offsets(int block) => _offsets.AsSpan(block * 7, 7);

    public Span<Lanes> Weeks(int block) => _weeks.AsSpan(block * 7, 7);

    /// <summary>The median of what a column says of the tags that are not small.</summary>
    /// <param name="column">A value per tag.</param>
    /// <param name="otherwise">What to say without such a tag.</param>
    public double MedianOfLarge(ReadOnlySpan<Lanes> column, double otherwise)
    {
        var values = new double[Tags];
        var n = 0;
        for (var tag = 0; tag < Tags; tag++)
        {
            var (block, lane) = (tag / CountScale.Width, tag % CountScale.Width);
            if (LogScale.CountAt(Levels[block][lane]) > LogScale.Theta)
                values[n++] = column[block][lane];
        }
        values.AsSpan(0, n).Sort();
        return n > 0 ? LaneMedian.OfSorted(values.AsSpan(0, n)) : otherwise;
    }

    public void Dispose()
    {
        foreach (var array in (ReadOnlySpan<Lanes[]>)[_points, _residuals, _offsets, _weeks, _perTags, _quarantined])
            ArrayPool<Lanes>.Shared.Return(array);
    }

    Span<Lanes> PerTag(int column) => _perTags.AsSpan(column * Blocks, Blocks);
}
