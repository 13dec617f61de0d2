using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Rendering;
using TagGuard.Storage;

namespace TagGuard.Benchmarks;

/// <summary>
/// Renders the report of 3,000 tags over 90 days, beside the same data written as indented JSON by System.Text.Json: the smallest thing one could
/// do with the data instead. Ratios are what to compare; seconds depend on the machine.
/// </summary>
static class ReportBenchmark
{
    const int Days = 90;
    static readonly DateOnly Date = new(2026, 7, 15);
    static readonly DateTimeOffset Morning = new(2026, 7, 15, 22, 31, 0, TimeSpan.Zero);
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <param name="args">Tags (default 3000), then a file to write the report to.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var tags = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3_000;
        var day = Day(tags);
        var options = new ReportOptions { MadeAt = Morning };
        var cold = Stopwatch.StartNew();
        var html = DutyReport.Render(day, options);
        cold.Stop();

        var report = Best(() => DutyReport.Render(day, options));
        var json = Best(() => JsonSerializer.Serialize(day, Indented));
        Write("report, first (cold)", cold.Elapsed, Encoding.UTF8.GetByteCount(html));
        Write("report, best of 7", report.Time, report.Bytes);
        Write("indented JSON, best of 7", json.Time, json.Bytes);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"report / JSON: time {report.Time / json.Time:0.00}, bytes {(double)report.Bytes / json.Bytes:0.00}"));
        if (args.Length > 1)
            await File.WriteAllTextAsync(args[1], html);
        return report.Time < TimeSpan.FromSeconds(2) && report.Bytes < 2_000_000 ? 0 : 1;
    }

    static (TimeSpan Time, int Bytes) Best(Func<string> make)
    {
        var best = TimeSpan.MaxValue;
        var bytes = 0;
        for (var i = 0; i < 7; i++)
        {
            var watch = Stopwatch.StartNew();
            var text = make();
            best = watch.Elapsed < best ? watch.Elapsed : best;
            bytes = Encoding.UTF8.GetByteCount(text);
        }
        return (best, bytes);
    }

    static void Write(string name, TimeSpan time, int bytes) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-26} {time.TotalSeconds,8:0.000} s {bytes,12:#,0} bytes"));

    static StoredDay Day(int tags)
    {
        var series = Enumerable.Range(0, tags).Select(Series).ToList();
        var judgements = series.Select((one, i) => new StoredJudgement(i, 1, "tags", "", Morning, Judge(one, i))).ToList();
        var incidents = judgements.Select(stored => stored.Judgement).Where(judgement => judgement.Verdict == Verdict.Fail).Select(Tell).ToList();
        var gate = new GateState
        {
            Plan = "bench",
            Date = Date,
            Stage = "tags",
            IsGood = false,
            Exit = GateExit.BadData,
            Reason = "Tags fell.",
            DecidedAt = Morning,
            RunId = 1,
        };
        return new StoredDay
        {
            Plan = "bench",
            Date = Date,
            Series = series,
            Stages = [new StoredStage("tags", gate, 1, Morning, Morning, judgements, incidents)],
        };
    }

    static StoredSeries Series(int tag)
    {
        var size = 40_000_000.0 / (tag + 1);
        var before = Enumerable
            .Range(1, Days)
            .Select(i => new StoredValue(Date.AddDays(i - Days - 1), Math.Round(size * Noise(tag, i)), true))
            .ToList();
        var today = Math.Round(size * Noise(tag, 0) * (tag % 300 == 17 ? 0.5 : 1));
        return new StoredSeries(
            new SeriesId("user tags", Metrics.TagCount, $"A{tag % 400:000}H{tag % 7:000}_0_{tag:0000}"),
            "userid",
            today,
            today / 4e7,
            today / 5e7,
            before);
    }

    static Judgement Judge(StoredSeries series, int tag) => new()
    {
        Series = series.Id,
        Rule = "baseline",
        Verdict = tag % 300 == 17 ? Verdict.Fail : Verdict.Pass,
        Finding = tag % 300 == 17 ? Finding.Drop : Finding.Normal,
        Said = Phrase.Text("Half of the median of 8 Wednesdays."),
        Value = series.Today,
    };

    static Incident Tell(Judgement judgement) => new()
    {
        Verdict = judgement.Verdict,
        Finding = judgement.Finding,
        Blocking = true,
        Check = judgement.Series.Check,
        What = Phrase.Text($"{judgement.Series.Key}: 50% fewer users"),
        Why = Phrase.Text("Planted."),
        DoFirst = Phrase.Text("Nothing."),
        Size = 1,
        Lead = judgement.Series,
        Said = Phrase.Text(judgement.Sentence),
        Members = [judgement.Series],
    };

    static double Noise(int tag, int day) =>
        0.97 + (0.06 * (unchecked((uint)((tag * 7919) + (day * 104_729)) * 2_654_435_761u) / (double)uint.MaxValue));
}
