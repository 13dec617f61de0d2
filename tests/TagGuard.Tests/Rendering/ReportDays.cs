using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Rendering;
using TagGuard.Storage;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Rendering;

/// <summary>Stored days to render: a small user-profile warehouse with weekdays, a missing day, a quarantined day, and faults to plant.</summary>
static class ReportDays
{
    public const string Tags = "user tags";
    public const int Days = 60;

    public static readonly DateOnly Date = new(2026, 7, 15);
    public static readonly DateOnly MissingDay = new(2026, 6, 24);
    public static readonly DateOnly QuarantinedDay = new(2026, 7, 3);
    public static readonly DateTimeOffset Morning = new(2026, 7, 15, 22, 31, 0, TimeSpan.Zero);

    static readonly string[] Families = ["A111H001", "A112U004", "A121H002", "A131U001", "B210U003"];

    public static ReportOptions Options { get; } = new()
    {
        MadeAt = Morning,
        Zone = TimeZoneInfo.CreateCustomTimeZone("Asia/Shanghai", TimeSpan.FromHours(8), "Asia/Shanghai", "Asia/Shanghai"),
        Version = "0.0.0",
    };

    /// <summary>The page of a day, with the stages that it has.</summary>
    public static string Render(StoredDay day) => Render(day, [.. day.Stages.Select(stage => stage.Stage)]);

    public static string Render(StoredDay day, Language language) => Render(day, [.. day.Stages.Select(stage => stage.Stage)], language);

    public static string Render(StoredDay day, string[] stages, Language language = Language.En) =>
        DutyReport.Render(day, Options with { Gates = Some.Answers(day.Gates, Morning, stages), Language = language });

    /// <summary>Everything as on any other day.</summary>
    public static StoredDay Good(int tags = 20)
    {
        var series = Series(tags);
        return Day(series, [Upstream(), TagStage(series, []), Sync(2_843_101, 2_843_101)]);
    }

    /// <summary>A family at zero, a tag that fell, a tag that rose, and a copy in HBase that lost rows.</summary>
    public static StoredDay Bad(int tags = 20)
    {
        var series = Series(tags)
            .Select(one =>
                one.Id.Key switch
                {
                    var key when key.StartsWith("A131U001", StringComparison.Ordinal) => one with { Today = 0, ShareOfTotal = 0, ShareOfActive = 0 },
                    "A121H002_0_002" => one with
                    {
                        Today = Math.Round(one.Today!.Value * 0.61),
                        Before = [.. one.Before.SkipLast(2), .. one.Before.TakeLast(2).Select(Refused)],
                    },
                    "B210U003_0_004" => one with { Today = Math.Round(one.Today!.Value * 1.24) },
                    "A112U004_0_001" => one with { Before = [.. one.Before.SkipLast(1), Refused(one.Before[^1])] },
                    _ => one,
                })
            .ToList();
        var zero = series.Where(one => one.Today == 0).Select(one => one.Id).ToList();
        var family = new Incident
        {
            Verdict = Verdict.Fail,
            Finding = Finding.Zero,
            Blocking = true,
            Check = Tags,
            What = new Phrase("incident.family", ("family", "A131U001"), ("moved", Phrase.Text($"{zero.Count} of {zero.Count} tags at zero"))),
            Why = Phrase.Text(
                "All tags of one family vanished together: the job that computes A131U001 did not write its part, or its rule file is empty."),
            DoFirst = Phrase.Text("Look at the log of the ETL job of A131U001, run it again for 2026-07-15, then `tagguard tags --date 2026-07-15`."),
            Owner = "profile-etl (Li Wei, ext. 4410)",
            Size = zero.Count,
            Lead = zero[0],
            Members = zero,
            Said = Phrase.Text("0 users, where the median of 8 Wednesdays is " + $"{Expected(series, zero[0]):#,0}."),
        };
        var fell = Of(series, "A121H002_0_002");
        var drop = family with
        {
            Finding = Finding.Drop,
            What = Phrase.Text("A121H002_0_002: 39% fewer users"),
            Size = 1,
            Lead = fell,
            Members = [fell],
            Owner = "",
            Why = Phrase.Text("Only this tag moved, the totals did not: its own rule or its source column changed."),
            DoFirst = Phrase.Text("Compare the rule of A121H002_0_002 with last week's."),
            Said = Phrase.Text("39% below the median of 8 Wednesdays, and 9 robust deviations away."),
        };
        var rose = Of(series, "B210U003_0_004");
        var rise = drop with
        {
            Verdict = Verdict.Warn,
            Finding = Finding.Rise,
            What = Phrase.Text("B210U003_0_004: 24% more users"),
            Lead = rose,
            Members = [rose],
            Said = Phrase.Text("24% above the median of 8 Wednesdays."),
            Why = Phrase.Text("A campaign, or a rule that became wider."),
            DoFirst = Phrase.Text("Ask the owner of the tag whether it is wanted."),
        };
        var different = new Incident
        {
            Verdict = Verdict.Fail,
            Finding = Finding.Different,
            Blocking = true,
            Check = "userprofile_offline",
            What = Phrase.Text("HBase holds 41,208 rows fewer than Hive"),
            Why = Phrase.Text("One of the 64 load slices did not arrive: the difference is 1.45%, one slice is 1.56%."),
            DoFirst = Phrase.Text("Load the missing slice again, then `tagguard reconcile --date 2026-07-15`."),
            Owner = "hbase-duty",
            Size = 1,
            Lead = new SeriesId("userprofile_offline", Metrics.RightRows),
            Members = [new SeriesId("userprofile_offline", Metrics.RightRows)],
            Said = Phrase.Text("Hive has 2,843,101, HBase 2,801,893: 41,208 apart, 0 allowed."),
        };
        return Day(series, [Upstream(), TagStage(series, [rise, drop, family]), Sync(2_843_101, 2_801_893, different)]);
    }

    public static SeriesId Of(IEnumerable<StoredSeries> series, string key) => series.First(one => one.Id.Key == key).Id;

    public static StoredDay Day(IReadOnlyList<StoredSeries> series, IReadOnlyList<StoredStage> stages) =>
        new() { Plan = "userprofile", Date = Date, Stages = stages, Series = [.. series, .. SyncSeries(stages)] };

    /// <summary>Totals and tags, with a missing and a quarantined day for all of them.</summary>
    public static List<StoredSeries> Series(int tags)
    {
        var series = new List<StoredSeries>
        {
            One(new SeriesId(Tags, Metrics.TaggedUsers), 2_843_000, 1),
            One(new SeriesId(Tags, Metrics.ActiveUsers), 611_000, 2),
        };
        for (var i = 0; i < tags; i++)
        {
            var key = $"{Families[i % Families.Length]}_0_{(i / Families.Length) + 1:000}";
            var size = 1_900_000 / Math.Pow(i + 1, 0.9);
            series.Add(
                One(new SeriesId(Tags, Metrics.TagCount, key), size, i + 3) is var one
                    ? one with
                    {
                        ShareOfTotal = one.Today / 2_843_000,
                        ShareOfActive = one.Today / 3_100_000,
                    }
                    : throw new InvalidOperationException());
        }
        return series;
    }

    public static StoredSeries One(SeriesId id, double size, int seed)
    {
        var values = Enumerable
            .Range(0, Days + 1)
            .Select(i => Date.AddDays(i - Days))
            .Select(date => (Date: date, Value: Math.Round(size * Factor(date, seed))))
            .ToList();
        return new StoredSeries(
            id, "userid", values[^1].Value, null, null,
            [.. values.SkipLast(1).Where(day => day.Date != MissingDay).Select(day => new StoredValue(
                day.Date, day.Date == QuarantinedDay ? Math.Round(day.Value * 0.42) : day.Value, day.Date != QuarantinedDay))]);
    }

    public static StoredStage TagStage(IReadOnlyList<StoredSeries> series, IReadOnlyList<Incident> incidents)
    {
        var found = incidents
            .SelectMany(incident => incident.Members.Select(member => (member, incident)))
            .ToDictionary(pair => pair.member, pair => pair.incident);
        var judgements = series.Select(one =>
        {
            var incident = found.GetValueOrDefault(one.Id);
            var expected = Expected(series, one.Id);
            return new Judgement
            {
                Series = one.Id,
                Rule = "baseline",
                Verdict = incident?.Verdict ?? Verdict.Pass,
                Finding = incident?.Finding ?? Finding.Normal,
                Said = Phrase.Text(incident?.Sentence ?? $"{one.Today:#,0}, near the median of 8 Wednesdays."),
                Value = one.Today,
                Expected = expected,
                Low = expected * 0.9,
                High = expected * 1.1,
                Used =
                [
                    .. Enumerable
                        .Range(1, 8)
                        .Select(week => Date.AddDays(-7 * week))
                        .SelectMany(day => one.Before.Where(before => before.Date == day && before.IsAccepted))
                        .Select(day => new Day(day.Date, day.Value)),
                ],
            };
        });
        return Stage("tags", [.. judgements], incidents);
    }

    public static StoredStage Upstream() =>
        Stage(
            "upstream",
            [
                new Judgement
                {
                    Series = new("dw user job finished", Metrics.Rows),
                    Rule = "expect",
                    Verdict = Verdict.Pass,
                    Finding = Finding.Normal,
                    Said = Phrase.Text("1 row, as it must be."),
                    Value = 1,
                    Low = 1,
                    High = 1,
                },
                new Judgement
                {
                    Series = new("order_fact landed", Metrics.ReadyMinutes),
                    Rule = "deadline",
                    Verdict = Verdict.Pass,
                    Finding = Finding.Normal,
                    Said = Phrase.Text("There since 03:42, due at 08:00."),
                    Value = 222,
                    High = 480,
                },
            ],
            []);

    public static StoredStage Sync(double left, double right, params Incident[] incidents) => Stage("sync",
    [
        new Judgement
        {
            Series = new("userprofile_offline", Metrics.RightRows), Rule = "equal", Verdict = left == right ? Verdict.Pass : Verdict.Fail,
            Finding = left == right ? Finding.Normal : Finding.Different, Value = right, Expected = left, Low = left, High = left,
            Said = Phrase.Text(left == right ? $"Hive and HBase both have {left:#,0}." : incidents[0].Sentence),
        },
    ],
    incidents);

    public static StoredStage Stage(string name, IReadOnlyList<Judgement> judgements, IReadOnlyList<Incident> incidents)
    {
        var gate = Gate.Decide(judgements, []);
        var started = Morning.AddMinutes(-20);
        var stored = judgements.Select((judgement, i) => new StoredJudgement(1000 + i, 7, name, "c0ffee", started, judgement)).ToList();
        return new StoredStage(name, State(name, gate), 1, started, started.AddSeconds(84), stored, incidents);
    }

    public static GateState State(string stage, GateDecision gate) => new()
    {
        Plan = "userprofile",
        Date = Date,
        Stage = stage,
        IsGood = gate.IsOpen,
        Exit = gate.Exit,
        Reason = gate.Reason,
        DecidedAt = Morning.AddMinutes(-18),
        RunId = 7,
        JudgedBy = new JudgedBy(Some.Definition(stage), new Dictionary<string, int>(), gate.HeldBy),
        HasItsVerdicts = true,
    };

    static IEnumerable<StoredSeries> SyncSeries(IEnumerable<StoredStage> stages) => stages
        .Where(stage => stage.Stage == "sync")
        .SelectMany(stage => stage.Judgements)
        .Select(stored => One(stored.Judgement.Series, 2_843_000, 1) with { Today = stored.Judgement.Value, Dimension = "" });

    static double Expected(IReadOnlyList<StoredSeries> series, SeriesId id)
    {
        var weekdays = series
            .First(one => one.Id == id)
            .Before.Where(day => day.IsAccepted && day.Date.DayOfWeek == Date.DayOfWeek)
            .Select(day => day.Value)
            .Order()
            .ToList();
        return weekdays[weekdays.Count / 2];
    }

    static StoredValue Refused(StoredValue day) => day with { Value = Math.Round(day.Value * 0.63), IsAccepted = false };

    /// <summary>Weekends are larger, all grow a little, and there is some noise that is the same on every machine.</summary>
    static double Factor(DateOnly date, int seed)
    {
        var weekday = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1.12 : 1;
        var noise = unchecked((uint)((date.DayNumber * 7919) + (seed * 104_729)) * 2_654_435_761u) / (double)uint.MaxValue;
        return weekday * (1 + ((date.DayNumber - Date.DayNumber) * 0.0006)) * (0.985 + (0.03 * noise));
    }
}
