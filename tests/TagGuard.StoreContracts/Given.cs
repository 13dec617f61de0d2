using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Plans;
using TagGuard.Storage;

namespace TagGuard.StoreContracts;

/// <summary>Runs and stages for the store's tests.</summary>
static class Given
{
    public const string Plan = "userprofile";
    public const string Tags = "user tags";
    public static readonly DateOnly Date = new(2011, 11, 15);
    public static readonly DateTimeOffset Night = new(2011, 11, 15, 22, 10, 0, TimeSpan.Zero);

    /// <summary>When history is read: after all that was decided.</summary>
    public static readonly DateTimeOffset Later = Night.AddDays(30);

    public static RunStart Start(DateOnly? date = null, string verb = "run", string stage = "tags", Holder? holder = null) =>
        new(Plan, "hash", verb, date ?? Date, [stage], holder ?? new Holder(Environment.MachineName, Environment.ProcessId, "etl"), Night);

    public static SeriesId Tag(string key, string check = Tags) => new(check, Metrics.TagCount, key);

    public static Measurement Volume(string key, double users, double? ofTotal = 0.5, double? ofActive = null) =>
        new Measurement.Taken(Tag(key), users, ofTotal, ofActive);

    public static Measurement Taken(string metric, double value, string check = Tags) => new Measurement.Taken(new SeriesId(check, metric), value);

    public static Measurement Missed(string metric, string check = Tags) =>
        new Measurement.Missed(new SeriesId(check, metric), "The source is down.", IsAbsent: false);

    public static Judgement Judged(SeriesId series, Verdict verdict = Verdict.Pass, Finding finding = Finding.Normal) =>
        new() { Series = series, Rule = "baseline", Verdict = verdict, Finding = finding, Said = Phrase.Text($"{series} is {verdict}.") };

    /// <summary>A check of volumes; what is not judged otherwise passes.</summary>
    public static CheckResult Volumes(IEnumerable<Measurement> measurements, params Judgement[] judgements)
    {
        var all = measurements.ToList();
        var passes = all.Select(measurement => measurement.Series)
            .Except(judgements.Select(judgement => judgement.Series))
            .Select(series => Judged(series));
        return new CheckResult(Tags, "volume", "userid", all, [.. judgements, .. passes], "select …", TimeSpan.FromSeconds(2), Night.AddMinutes(1));
    }

    public static StageResult Stage(params CheckResult[] checks) => Stage("tags", checks);

    public static StageResult Stage(string stage, params CheckResult[] checks) =>
        new(stage, checks, [], Gate.Decide([.. checks.SelectMany(check => check.Judgements)], []), Night, Night.AddMinutes(3))
        {
            Definition = Definition(stage, [.. checks.Select(check => check.Check)]),
        };

    public static StageDefinition Definition(string stage, params string[] checks) =>
        new(
            stage,
            checks.ToDictionary(check => check, check => $"hash of {check}"),
            new Dictionary<string, string> { ["the calendar"] = "beef" },
            "/etc/tagguard.yaml");

    /// <summary>Whether a gate of one check opens at an instant, by the plan of these tests.</summary>
    public static GateAnswer At(this GateState gate, DateTimeOffset now, TimeSpan? maxAge = null) =>
        Gatekeeper.Answers(
            new GateTerms([Definition(gate.Stage, Tags)], maxAge ?? TimeSpan.FromDays(1), OnPlanChange.Close),
            new Dictionary<string, GateState> { [gate.Stage] = gate },
            now
        )[0];

    /// <summary>A check that counted in two places and found a difference.</summary>
    public static StageResult Sync(string service, double left, double right) => Stage("sync", new CheckResult(
        service, "equal", "", [Taken(Metrics.LeftRows, left, service), Taken(Metrics.RightRows, right, service)],
        [Judged(new(service, Metrics.RightRows), Verdict.Fail, Finding.Different)], "", TimeSpan.Zero, Night));

    public static Incident Incident(string text = "One tag fell") => new()
    {
        Verdict = Verdict.Warn,
        Finding = Finding.Drop,
        Blocking = false,
        Check = Tags,
        What = Phrase.Text(text),
        Why = Phrase.Text(text),
        DoFirst = Phrase.Text(text),
        Owner = text,
        Size = 1,
        Lead = Tag(text),
        Said = Phrase.Text(text),
        Members = [Tag(text)],
    };

    /// <summary>A stage that closes its gate.</summary>
    public static StageResult Failed() => Stage(Volumes([Volume("A", 1)], Judged(Tag("A"), Verdict.Fail, Finding.Drop)));

    /// <summary>Saves a stage of a date in a run of its own.</summary>
    public static async Task SaveAsync(this IRunStore store, DateOnly date, StageResult stage)
    {
        await using var run = await store.BeginAsync(Start(date, stage: stage.Stage), TimeSpan.Zero, TestContext.Current.CancellationToken);
        await store.SaveAsync(run, stage, TestContext.Current.CancellationToken);
        await store.EndAsync(run, (int)stage.Gate.Exit, Night.AddMinutes(4), TestContext.Current.CancellationToken);
    }
}
