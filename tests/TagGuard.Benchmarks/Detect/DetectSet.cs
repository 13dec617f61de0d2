using System.Globalization;
using System.IO.Compression;
using TagGuard.Detection;

namespace TagGuard.Benchmarks.Detect;

/// <summary>One tag on one morning of the set.</summary>
/// <param name="Series">The tag.</param>
/// <param name="Day">The day under test, as a day number.</param>
/// <param name="History">Days of history that may be seen.</param>
/// <param name="Label">clean, or the fault that was put in.</param>
/// <param name="Size">The factor of the fault.</param>
/// <param name="K">Day within a sequence.</param>
/// <param name="IsBreak">A genuine break by hindsight: neither clean nor a fault.</param>
sealed record DetectRow(string Series, int Day, int History, string Label, double Size, int K, bool IsBreak);

/// <summary>One source on one morning: its rows as numbers into <see cref="DetectSet.Rows"/>.</summary>
sealed record DetectBatch(int Id, string Type, string Domain, List<int> Rows);

/// <summary>Daily series with labelled faults, as files of one split: see the README beside the files.</summary>
sealed class DetectSet
{
    readonly Dictionary<string, (int First, double[] Values)> _series = [];
    readonly Dictionary<(int Batch, string Series), List<(int Day, double Value)>> _faults = [];

    DetectSet()
    {
    }

    public List<DetectRow> Rows { get; } = [];

    /// <summary>The batch of each row.</summary>
    public List<DetectBatch> BatchOf { get; } = [];

    public List<DetectBatch> Batches { get; } = [];

    /// <summary>Robust noise of each series.</summary>
    public Dictionary<string, double> Noise { get; } = [];

    /// <summary>Median count of each series.</summary>
    public Dictionary<string, double> Level { get; } = [];

    /// <param name="folder">Where the files are.</param>
    /// <param name="split">What their names begin with.</param>
    /// <param name="times">So many times as many users, all of whom do what the one did: what is seen of a change must not depend on it.</param>
    public static DetectSet Load(string folder, string split, double times = 1)
    {
        var set = new DetectSet();
        var file = Path.Combine(folder, split);
        foreach (var line in Lines(file + "_meta.csv"))
            (set.Noise[line[0]], set.Level[line[0]]) = (Number(line[2]), times * Number(line[3]));
        foreach (var group in Lines(file + "_series.csv.gz").GroupBy(line => line[0], line => (Day: DayOf(line[1]), Value: times * Number(line[2]))))
        {
            var first = group.Min(day => day.Day);
            var values = new double[group.Max(day => day.Day) - first + 1];
            Array.Fill(values, double.NaN);
            foreach (var (day, value) in group)
                values[day - first] = value;
            set._series.Add(group.Key, (first, values));
        }
        var batches = Lines(file + "_batches.csv")
            .ToDictionary(line => line[0], line => new DetectBatch(int.Parse(line[0], CultureInfo.InvariantCulture), line[1], line[2], []));
        foreach (var line in Lines(file + "_rows.csv.gz"))
        {
            var batch = batches[line[0]];
            batch.Rows.Add(set.Rows.Count);
            set.BatchOf.Add(batch);
            set.Rows.Add(new DetectRow(line[1], DayOf(line[2]), Whole(line[3]), line[4], Number(line[5]), Whole(line[6]), Whole(line[7]) != 0));
        }
        set.Batches.AddRange(batches.Values.Where(batch => batch.Rows.Count > 0));
        foreach (var line in Lines(file + "_faults.csv.gz"))
        {
            var key = (Whole(line[0]), line[1]);
            if (!set._faults.TryGetValue(key, out var days))
                set._faults.Add(key, days = []);
            days.Add((DayOf(line[2]), times * Number(line[3])));
        }
        return set;
    }

    /// <summary>The counts of a batch as the detector is given them.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="mostHistory">Days of history that are shown at most.</param>
    /// <param name="withFaults">Whether the faults are put in.</param>
    public CheckMorning MorningOf(DetectBatch batch, int mostHistory = CheckMorning.HistoryDays, bool withFaults = true)
    {
        var counts = new double[batch.Rows.Count * CheckMorning.Days];
        Array.Fill(counts, double.NaN);
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            var row = Rows[batch.Rows[i]];
            var window = counts.AsSpan(i * CheckMorning.Days, CheckMorning.Days);
            var (first, values) = _series[row.Series];
            var seen = Math.Min(Math.Min(row.History, mostHistory), row.Day - first);
            var shown = Math.Min(seen, CheckMorning.HistoryDays);
            values.AsSpan(row.Day - first - shown, shown + 1).CopyTo(window[^(shown + 1)..]);
            if (!withFaults || !_faults.TryGetValue((batch.Id, row.Series), out var faults))
                continue;
            foreach (var (day, value) in faults)
            {
                if (row.Day - day <= shown && day <= row.Day)
                    window[^(row.Day - day + 1)] = value;
            }
        }
        return new CheckMorning(counts, [.. batch.Rows.Select(row => DateOnly.FromDayNumber(Rows[row].Day).DayOfWeek)]);
    }

    /// <summary>Whether so many of the tags really broke on that morning that the source, or a group of it, did.</summary>
    public bool IsBreak(IEnumerable<int> rows, double most = 0.2) =>
        rows.Select(row => Rows[row].IsBreak ? 1.0 : 0).DefaultIfEmpty(0).Average() > most;

    /// <summary>A one-dimensional array of 64-bit floats, as NumPy writes it: a magic of 6 bytes,
    /// the version, the length of the header, the header, the data.</summary>
    public static double[] ReadNpy(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var data = bytes.AsSpan(10 + BitConverter.ToUInt16(bytes, 8));
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(data).ToArray();
    }

    static IEnumerable<string[]> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            yield return line.Split(',');
    }

    static double Number(string text) => text.Length == 0 ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);

    static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static int DayOf(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;
}
