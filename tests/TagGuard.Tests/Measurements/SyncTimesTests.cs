using TagGuard.Facts;
using TagGuard.Judgements.Incidents;
using TagGuard.Measurements;
using TagGuard.Sources;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Measurements;

/// <summary>A sync that started before what it reads was finished: told where the times or the numbers say so, and only there.</summary>
public sealed class SyncTimesTests
{
    const string Early = "The sync started 25 minutes before warehouse was finished", Lost = "The sync lost rows";

    static readonly EqualMeasure Plan = new()
    {
        Left = new SidePlan { Connection = "warehouse", Table = new("tags_{date:yyyyMMdd}") },
        Right = new SidePlan { Connection = "service", Table = new("service_{date:yyyyMMdd}") },
        Finished = new InstantPlan { Connection = "hdfs", Path = new("/tags/{date:yyyyMMdd}/_SUCCESS") },
        Started = new InstantPlan { Connection = "log", Sql = "select min(started) from t_sync_log where day = @date" },
    };

    readonly FakeSource _source = new()
    {
        Count = (part, _) => Task.FromResult(part.Table.StartsWith("tags", StringComparison.Ordinal) ? 20_000L : 19_000L),
        Found = new PathInfo("/tags/20260203/_SUCCESS", false, 0, new(2026, 2, 4, 3, 15, 0, TimeSpan.Zero)),
    };

    [Theory]
    [InlineData("02:50", Early)]
    [InlineData("03:14:30", Lost)]
    [InlineData("03:40", Lost)]
    public async Task ASyncThatStartedBeforeTheMarkerWasWrittenReadWhatWasNotFinished(string started, string cause)
    {
        Started(DateTime.Parse($"2026-02-04 {started}", System.Globalization.CultureInfo.InvariantCulture));

        var incident = await ToldAsync(Plan);

        Assert.StartsWith(cause, incident.Cause, StringComparison.Ordinal);
        Assert.Contains($"The sync started at {started[..5]}; warehouse was finished at 03:15.", incident.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "When warehouse was finished is not known: /tags/20260203/_SUCCESS is not there.")]
    [InlineData(false, "When the sync started is not known: The query returned no row, or NULL.")]
    public async Task ATimeThatNobodyKnowsBlamesNobody(bool isFinishUnknown, string said)
    {
        Started(isFinishUnknown ? new DateTime(2026, 2, 4, 2, 50, 0) : null);
        _source.Found = isFinishUnknown ? null : _source.Found;

        var incident = await ToldAsync(Plan);

        Assert.StartsWith(Lost, incident.Cause, StringComparison.Ordinal);
        Assert.EndsWith(said, incident.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TimesAreAskedOnlyWhereTheSidesDiffer()
    {
        _source.Count = (_, _) => Task.FromResult(5L);

        var taking = await TakeAsync(Plan);

        Assert.Equal([Metrics.LeftRows, Metrics.RightRows], taking.Measurements.Select(measurement => measurement.Series.Metric));
        Assert.Equal(
            ["tags_20260203", "service_20260203", "/tags/20260203/_SUCCESS", Plan.Started!.Sql],
            Plan.Questions(Some.Date, _source).Select(question => question.Text));
    }

    [Fact]
    public async Task RowsOfTheRightSideSayWhenTheSyncStarted()
    {
        var written = new DateTimeOffset(2026, 2, 4, 2, 50, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

        var times = await SyncTimes.TakeAsync(Plan with { Started = null }, _source.Context(), written, TestContext.Current.CancellationToken);

        Assert.Equal(
            [Some.Taken(Some.Total(Metrics.SourceFinished), 195), Some.Taken(Some.Total(Metrics.SyncStarted), 170)],
            times.Select(time => time.Measurement));
    }

    [Theory]
    [InlineData(19_000, "service holds exactly the 19,000 rows that warehouse held on 2026-02-02: the sync read the partition of that date")]
    [InlineData(19_001, Lost)]
    public async Task ATargetThatHoldsTheRowsOfTheDayBeforeWasSyncedFromThem(double before, string cause)
    {
        var plan = Plan with { Finished = null, Started = null };
        var batch = Some.Batch([.. (await TakeAsync(plan)).Measurements])
            .With(Some.History(Some.Before(Some.Total(Metrics.LeftRows), 18_500, before)));

        Assert.StartsWith(cause, Told(plan, batch).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysInAnotherWritingAreNoEarlySync()
    {
        Started(new DateTime(2026, 2, 4, 2, 50, 0));
        var taking = await TakeAsync(Plan);

        var incident = Told(Plan, Some.Batch([.. taking.Measurements, Some.Taken(new(Some.Check, Metrics.RenamedKeys, "zeros"), 1000)]));

        Assert.StartsWith(Lost, incident.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void AStartIsHeldAgainstAFinish() => Assert.Equal("started", Assert.Single((Plan with { Finished = null }).Mistakes()).Key);

    [Fact]
    public void ATimeIsOfAPathOrOfAQuery()
    {
        Assert.Null(Assert.Single((Plan.Finished! with { Sql = "select now()" }).Mistakes()).Key);
        Assert.Null(Assert.Single((Plan.Finished with { Path = null }).Mistakes()).Key);
        Assert.Equal("path", Assert.Single((Plan.Finished with { Path = new("/tags/_SUCCESS") }).Mistakes()).Key);
    }

    void Started(DateTime? time) => _source.Rows = sql => new RowsAnswer(1, time, sql);

    Task<Taking> TakeAsync(EqualMeasure plan) => plan.TakeAsync(_source.Context(), TestContext.Current.CancellationToken);

    async Task<Incident> ToldAsync(EqualMeasure plan) => Told(plan, Some.Batch([.. (await TakeAsync(plan)).Measurements]));

    static Incident Told(EqualMeasure plan, TagGuard.Judgements.Batch batch) =>
        Assert.Single(IncidentSorter.From([.. plan.Rules.Single().Judge(batch)], "", ""));
}
