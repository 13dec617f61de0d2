using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Plans;
using TagGuard.Runs;
using TagGuard.Sources;
using TagGuard.Storage;
using TagGuard.Tests.Adapters;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Replays;

/// <summary>A shop whose mornings were judged and stored, one after the other, as a scheduler does it.</summary>
sealed class StoredShop : IAsyncDisposable
{
    public const string PlanName = "userprofile";

    public SqliteTables Tables { get; } = new();
    readonly FakeSource _source = new();

    public required Shop Shop { get; init; }

    /// <summary>What was saved last of each date.</summary>
    public Dictionary<DateOnly, StageResult> Saved { get; } = [];

    public IRunStore Store => field ??= Tables.Open(new FixedClock(Some.Now));

    public static Plan PlanOf(params IRule[] rules) =>
        new()
        {
            Name = PlanName,
            Stages = new Dictionary<string, IReadOnlyList<CheckPlan>>
            {
                ["tags"] =
                [
                    new CheckPlan
                    {
                        Name = Some.Check,
                        Measure = new VolumeMeasure
                        {
                            Connection = "warehouse",
                            Table = new DatePattern("dw.tags"),
                            Partition = "data_date",
                            User = "userid",
                            Tags = "tagmap",
                        },
                        Judge = new JudgePlan { Rules = rules },
                    },
                ],
            },
        };

    /// <summary>Judges and stores the mornings from so many days ago to so many.</summary>
    public async Task<StoredShop> RunAsync(Plan plan, int from, int to = 0)
    {
        await Store.InitAsync(TestContext.Current.CancellationToken);
        for (var ago = from; ago >= to; ago--)
        {
            var date = Some.Date.AddDays(-ago);
            var clock = new FixedClock(MorningOf(ago));
            await using var store = Tables.Open(clock);
            _source.Volumes = VolumesOf(ago);
            var start = new RunStart(
                PlanName,
                plan.Hash,
                "run",
                date,
                [.. plan.Stages.Keys],
                new Holder(Environment.MachineName, Environment.ProcessId, "etl"),
                MorningOf(ago));
            var result = await new CheckRun(store, _source, clock, new Watchers()).ExecuteAsync(
                plan,
                start,
                new Patience(TimeSpan.Zero),
                TestContext.Current.CancellationToken);
            Saved[date] = Assert.Single(result.Stages);
        }
        return this;
    }

    public static DateTimeOffset MorningOf(int ago) => Some.Now.AddDays(-ago);

    public Task DecideAsync(string tag, int ago, bool accepts, DateTimeOffset at) =>
        Store.DecideAsync(
            PlanName,
            new DayDecision(Some.Date.AddDays(-ago), Some.Check, tag, accepts, "wang", "known", at),
            TestContext.Current.CancellationToken);

    public async Task<IReadOnlyList<Judgement>> ToldAsync(int ago) =>
        [
            .. (await Store.JudgementsAsync(PlanName, Some.Date.AddDays(-ago), null, TestContext.Current.CancellationToken))
                .Select(stored => stored.Judgement)
                .Where(judgement => judgement.Verdict != Verdict.Pass),
        ];

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Tables.DisposeAsync();
    }

    Volumes VolumesOf(int ago)
    {
        var today = Shop.Morning(ago).Today.Cast<Measurement.Taken>().ToList();
        var users = (long)today.Single(total => total.Series.Metric == Metrics.TaggedUsers).Value;
        var keys = today.Where(tag => tag.Series.Key.Length > 0 && tag.Value > 0).Select(tag => new KeyVolume(tag.Series.Key, (long)tag.Value, null));
        return new Volumes(users, users, users, 0, 0, 0, null, [.. keys.OrderBy(key => key.Key, StringComparer.Ordinal)], "select …");
    }
}
