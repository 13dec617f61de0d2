using FsCheck;
using FsCheck.Fluent;
using TagGuard.Gates;
using TagGuard.Judgements;
using TagGuard.Measurements;
using TagGuard.Storage;

namespace TagGuard.Tests.Storage;

/// <summary>What every store promises, whatever it keeps its tables in.</summary>
public abstract class RunStoreContract : IAsyncLifetime
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private protected HandClock Clock { get; } = new(Given.Night);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected IRunStore Store { get; private set; } = null!;

    /// <summary>Opens the tables of this test; again and again, as other processes would.</summary>
    private protected abstract IRunStore Open(TimeProvider clock);

    /// <summary>Rows of a query over the users' own tables, as text: columns parted by `|`, rows by a space.</summary>
    private protected abstract string Look(string sql);

    public virtual async ValueTask InitializeAsync()
    {
        Store = Open(Clock);
        await Store.InitAsync(Token);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    async Task<GateState> GateAsync(string stage = "tags") => (await Store.GatesAsync(Given.Plan, Given.Date, Token))[stage];

    Task<IRunLease> BeginAsync(RunStart? start = null, IRunStore? store = null) => (store ?? Store).BeginAsync(start ?? Given.Start(), TimeSpan.Zero, Token);

    // What is stored.

    [Fact]
    public async Task ADayIsReadAsItWasSaved()
    {
        var dropped = Given.Judged(Given.Tag("A121H002_0_004"), Verdict.Fail, Finding.Drop) with
        {
            Value = 12.5,
            Expected = 20,
            Low = 15,
            High = 25,
            Used = [new(new(2011, 11, 1), 19), new(new(2011, 11, 8), 21.25)],
            Blocking = false,
        };
        var check = Given.Volumes([Given.Volume("A121H002_0_004", 12.5, 0.25, 0.125), Given.Volume("A121H002_0_005", 7), Taken(Metrics.TaggedUsers, 50), Missed(Metrics.ActiveUsers)], dropped);
        var incident = new Incident
        {
            Verdict = Verdict.Fail,
            Finding = Finding.Drop,
            Blocking = true,
            Check = Given.Tags,
            Title = "One tag fell",
            Cause = "The login partition is short",
            Advice = "Look at dw_cookie_user_login",
            Owner = "li",
            Size = 1,
            Lead = dropped.Series,
            Sentence = dropped.Sentence,
            Members = [dropped.Series],
        };
        var stage = Given.Stage(check) with { Incidents = [incident] };

        await Store.SaveAsync(Given.Date, stage);
        var day = await Store.DayAsync(Given.Plan, Given.Date, 30, Token);

        var stored = Assert.Single(day.Stages);
        Assert.Equal(("tags", 1, stage.Started, stage.Finished), (stored.Stage, stored.Attempt, stored.Started, stored.Finished));
        Assert.Equivalent(stage.Judgements, stored.Judgements.Select(judgement => judgement.Judgement), strict: true);
        Assert.Equivalent(stage.Incidents, stored.Incidents, strict: true);
        Assert.Equal((stage.Gate.IsOpen, stage.Gate.Exit, stage.Gate.Reason), (stored.Gate.IsGood, stored.Gate.Exit, stored.Gate.Reason));
        Assert.Equivalent(
            new[]
            {
                new StoredSeries(new(Given.Tags, Metrics.ActiveUsers), "userid", null, null, null, []),
                new StoredSeries(Given.Tag("A121H002_0_004"), "userid", 12.5, 0.25, 0.125, []),
                new StoredSeries(Given.Tag("A121H002_0_005"), "userid", 7, 0.5, null, []),
                new StoredSeries(new(Given.Tags, Metrics.TaggedUsers), "userid", 50, null, null, []),
            },
            day.Series,
            strict: true);
    }

    [Fact]
    public async Task ADayShowsTheDaysBeforeItWithThoseThatWereNotAccepted()
    {
        var tag = Given.Tag("A");
        await Store.SaveAsync(Given.Date.AddDays(-3), Given.Stage(Given.Volumes([Given.Volume("A", 1)])));
        await Store.SaveAsync(Given.Date.AddDays(-2), Given.Stage(Given.Volumes([Given.Volume("A", 2)])));
        await Store.SaveAsync(Given.Date.AddDays(-1), Given.Stage(Given.Volumes([Given.Volume("A", 9), Given.Volume("gone", 1)], Given.Judged(tag, Verdict.Fail, Finding.Rise))));
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 3)])));

        var series = Assert.Single((await Store.DayAsync(Given.Plan, Given.Date, 2, Token)).Series);

        Assert.Equal([new(Given.Date.AddDays(-2), 2, true), new(Given.Date.AddDays(-1), 9, false)], series.Before);
    }

    [Fact]
    public async Task StagesOfADayKeepTheOrderInWhichTheyFirstRan()
    {
        await Store.SaveAsync(Given.Date, Given.Stage("upstream", Given.Volumes([Given.Volume("A", 1)])));
        await Store.SaveAsync(Given.Date, Given.Stage("sync", Given.Volumes([Given.Volume("A", 1)])));
        await Store.SaveAsync(Given.Date, Given.Stage("upstream", Given.Volumes([Given.Volume("A", 1)])));

        var day = await Store.DayAsync(Given.Plan, Given.Date, 1, Token);

        Assert.Equal([("upstream", 3), ("sync", 2)], day.Stages.Select(stage => (stage.Stage, stage.Attempt)));
    }

    [Fact]
    public async Task ADayThatWasNeverJudgedIsEmpty()
    {
        var day = await Store.DayAsync(Given.Plan, Given.Date, 30, Token);

        Assert.Empty(day.Stages);
        Assert.Empty(day.Series);
        Assert.Empty(await Store.JudgementsAsync(Given.Plan, Given.Date, null, Token));
        Assert.Empty(await Store.GatesAsync(Given.Plan, Given.Date, Token));
    }

    [Fact]
    public async Task JudgementsAreFoundByTagSeriesAndCheck()
    {
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Volume("B", 2), Taken(Metrics.Rows, 3)])));

        Assert.Equal([Given.Tag("B")], await About("B"));
        Assert.Equal([Given.Tag("A")], await About("user tags: A"));
        Assert.Equal([new SeriesId(Given.Tags, Metrics.Rows)], await About("user tags: rows"));
        Assert.Equal(3, (await About("user tags")).Count());
        Assert.Equal(3, (await About(null)).Count());
        Assert.Empty(await About("b' or '1'='1"));

        async Task<IEnumerable<SeriesId>> About(string? about) =>
            (await Store.JudgementsAsync(Given.Plan, Given.Date, about, Token)).Select(stored => stored.Judgement.Series);
    }

    [Fact]
    public async Task AJudgementKnowsTheRunAndThePlanItCameFrom()
    {
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1)])));

        var stored = Assert.Single(await Store.JudgementsAsync(Given.Plan, Given.Date, null, Token));

        Assert.Equal((await GateAsync()).RunId, stored.RunId);
        Assert.Equal(("tags", "hash", Given.Night.AddMinutes(3)), (stored.Stage, stored.PlanHash, stored.JudgedAt));
    }

    [Fact]
    public async Task SavingADateAgainReplacesItsNumbersAndKeepsEarlierVerdicts()
    {
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Volume("B", 1), Taken(Metrics.Rows, 2)])));
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 5), Taken(Metrics.Rows, 5)])));

        Assert.Equal("A|5", Look("select tagid, tag_count from tag_data_day"));
        Assert.Equal("rows|5", Look("select metric, cast(value as integer) from measurement"));
        Assert.Equal("5", Look("select count(*) from verdict"));
        Assert.Equal(2, (await Store.JudgementsAsync(Given.Plan, Given.Date, null, Token)).Count);
        Assert.Equal(2, Assert.Single((await Store.DayAsync(Given.Plan, Given.Date, 1, Token)).Stages).Attempt);
    }

    [Fact]
    public async Task TheUsersOwnTablesHoldWhatTheyAlwaysHeld()
    {
        var sync = new CheckResult(
            "userprofile_offline", "equal", "", [Taken(Metrics.LeftRows, 12431, "userprofile_offline"), Taken(Metrics.RightRows, 12430, "userprofile_offline")],
            [Given.Judged(new("userprofile_offline", Metrics.RightRows), Verdict.Fail, Finding.Different)], "", TimeSpan.Zero);
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 10, 0.5, 0.25)])));
        await Store.SaveAsync(Given.Date, Given.Stage("sync", sync));

        Assert.Equal("A|2011-11-15|10|0.5|0.25", Look("select tagid, date, tag_count, tag_total_per, tag_dau_per from tag_data_day where id > 0"));
        Assert.Equal("2011-11-15|userprofile_offline|12431|12430|0", Look("select date, service_type, hive_count, hbase_count, ok from tag_email_monitor"));
        Assert.Equal("2011-11-15|sync|0|0 2011-11-15|tags|1|2", Look("select process_date, stage, state, is_online from tag_stage_state order by stage"));
    }

    [Fact]
    public async Task ASideThatDidNotAnswerLeavesItsCountEmpty()
    {
        var sync = new CheckResult(
            "offline", "equal", "", [Taken(Metrics.LeftRows, 3, "offline"), Missed(Metrics.RightRows, "offline")],
            [Given.Judged(new("offline", Metrics.RightRows), Verdict.Unknown, Finding.Missing)], "", TimeSpan.Zero);
        await Store.SaveAsync(Given.Date, Given.Stage("sync", sync));

        Assert.Equal("3||0", Look("select hive_count, hbase_count, ok from tag_email_monitor"));
    }

    [Fact]
    public async Task EveryRowOfTagDataDayHasAnIdOfItsOwn()
    {
        for (var day = 0; day < 3; day++)
            await Store.SaveAsync(Given.Date.AddDays(day), Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Volume("B", 1)])));
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1)])));

        Assert.Equal("5|5", Look("select count(*), count(distinct id) from tag_data_day"));
    }

    // Text of every kind.

    [Theory]
    [InlineData("'; drop table verdict; --")]
    [InlineData("\"quoted\" `ticked` [bracketed]")]
    [InlineData("标签😀👨‍👩‍👧‍👦é")]
    [InlineData("nul\0inside")]
    [InlineData("\0")]
    [InlineData("line\r\nfeed\ttab\\")]
    [InlineData(" spaces ")]
    [InlineData("%_@date?:1$x")]
    [InlineData("null")]
    public async Task AnyTextComesBackAsItWasSaved(string text) => await ComesBackAsync([text]);

    [Fact]
    public async Task ATextOf64KilobytesComesBackAsItWasSaved() => await ComesBackAsync([new string('长', 65536 / 3) + "\0end"]);

    [Fact]
    public void TextsThatNobodyThoughtOfComeBackAsTheyWereSaved() => Prop.ForAll<NonNull<string>[]>(texts =>
        ComesBackAsync([.. texts.Select(text => text.Get.ReplaceLoneSurrogates()).Where(text => text.Length > 0).Distinct()]).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    async Task ComesBackAsync(IReadOnlyList<string> texts)
    {
        var judgements = texts.Select(text => Given.Judged(Given.Tag(text), Verdict.Warn, Finding.Drop) with { Sentence = text, Rule = text }).ToArray();
        var incidents = texts.Select(text => new Incident
        {
            Verdict = Verdict.Warn,
            Finding = Finding.Drop,
            Blocking = false,
            Check = Given.Tags,
            Title = text,
            Cause = text,
            Advice = text,
            Owner = text,
            Size = 1,
            Lead = Given.Tag(text),
            Sentence = text,
            Members = [Given.Tag(text)],
        }).ToList();
        var stage = Given.Stage(Given.Volumes(texts.Select(text => Given.Volume(text, 1)), judgements)) with { Incidents = incidents };

        await Store.SaveAsync(Given.Date, stage);

        var day = await Store.DayAsync(Given.Plan, Given.Date, 1, Token);
        var history = await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date.AddDays(1), 7, Token);
        Assert.Equal(texts.Order(StringComparer.Ordinal), day.Series.Select(series => series.Id.Key).Order(StringComparer.Ordinal));
        Assert.Equal(texts.Order(StringComparer.Ordinal), history.Series.Select(series => series.Key).Order(StringComparer.Ordinal));
        Assert.Equal(texts, day.Stages[0].Judgements.Select(judgement => judgement.Judgement.Sentence));
        Assert.Equivalent(incidents, day.Stages[0].Incidents, strict: true);
        foreach (var text in texts)
            Assert.Contains(await Store.JudgementsAsync(Given.Plan, Given.Date, text, Token), judgement => judgement.Judgement.Series.Key == text);
    }

    // History.

    [Fact]
    public async Task HistoryIsStrictlyBeforeTheDateAndNoOlderThanAsked()
    {
        foreach (var offset in new[] { -8, -7, -2, -1, 0, 1 })
            await Store.SaveAsync(Given.Date.AddDays(offset), Given.Stage(Given.Volumes([Given.Volume("A", 100 + offset), Taken(Metrics.Rows, 200 + offset)])));

        var history = await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date, 7, Token);

        Assert.Equal([93d, 98, 99], history.Of(Given.Tag("A")).Select(day => day.Value));
        Assert.Equal([193d, 198, 199], history.Of(new(Given.Tags, Metrics.Rows)).Select(day => day.Value));
        Assert.Equal(Given.Date.AddDays(-7), history.Of(Given.Tag("A"))[0].Date);
    }

    [Fact]
    public async Task HistoryLeavesOutASeriesOfADayThatFailed()
    {
        await Store.SaveAsync(
            Given.Date.AddDays(-1), Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Volume("B", 2)], Given.Judged(Given.Tag("A"), Verdict.Fail, Finding.Drop))));

        var history = await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date, 7, Token);

        Assert.Equal([Given.Tag("B")], history.Series);
    }

    [Fact]
    public async Task HistoryLeavesOutAWholeDayWhoseTotalFailed()
    {
        var total = new SeriesId(Given.Tags, Metrics.TaggedUsers);
        await Store.SaveAsync(
            Given.Date.AddDays(-1), Given.Stage(Given.Volumes([Given.Volume("A", 1), Taken(Metrics.TaggedUsers, 9)], Given.Judged(total, Verdict.Fail, Finding.StaleCopy))));

        Assert.Empty((await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date, 7, Token)).Series);
    }

    [Fact]
    public async Task HistoryKnowsNoMissedNumbersAndNoOtherChecks()
    {
        await Store.SaveAsync(Given.Date.AddDays(-1), Given.Stage(Given.Volumes([Given.Volume("A", 1), Missed(Metrics.Rows), new Measurement.Missed(Given.Tag("B"), "down", false)])));

        Assert.Equal([Given.Tag("A")], (await Store.HistoryAsync(Given.Plan, Given.Tags, Given.Date, 7, Token)).Series);
        Assert.Empty((await Store.HistoryAsync(Given.Plan, "crowds", Given.Date, 7, Token)).Series);
        Assert.Empty((await Store.HistoryAsync("other", Given.Tags, Given.Date, 7, Token)).Series);
    }

    // The gate fails closed.

    [Fact]
    public async Task TheGateOpensWhenTheStageIsSavedAndNotBefore()
    {
        await using var run = await BeginAsync();
        var underWay = await GateAsync();
        await Store.SaveAsync(run, Given.Stage(Given.Volumes([Given.Volume("A", 1)])), Token);
        var saved = await GateAsync();

        Assert.Equal((false, GateExit.CouldNotTell, 0L), (underWay.IsGood, underWay.Exit, underWay.RunId));
        Assert.Contains($"Run {run.RunId}", underWay.Reason, StringComparison.Ordinal);
        Assert.Equal((true, GateExit.Open, run.RunId, Given.Night), (saved.IsGood, saved.Exit, saved.RunId, saved.DecidedAt));
    }

    [Fact]
    public async Task ARunThatBreaksOffLeavesClosedWhatAnEarlierRunHadOpened()
    {
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1)])));
        Assert.True((await GateAsync()).IsGood);

        await (await BeginAsync()).DisposeAsync();

        Assert.False((await GateAsync()).AnswerAt(Given.Night, Day).IsOpen);
        Assert.Single((await Store.DayAsync(Given.Plan, Given.Date, 1, Token)).Stages[0].Judgements);
    }

    [Fact]
    public async Task AStageOfAnotherRunStaysAsItIs()
    {
        await Store.SaveAsync(Given.Date, Given.Stage("upstream", Given.Volumes([Given.Volume("A", 1)])));
        await using var run = await BeginAsync();

        Assert.True((await GateAsync("upstream")).IsGood);
    }

    [Fact]
    public async Task ASaveThatFailsHalfWayLeavesNothing()
    {
        await using var run = await BeginAsync();
        var twice = Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Volume("B", 1), Given.Volume("A", 2)]));

        await Assert.ThrowsAsync<StoreException>(() => Store.SaveAsync(run, twice, Token));

        Assert.False((await GateAsync()).IsGood);
        Assert.Equal("0|0", Look("select (select count(*) from tag_data_day), (select count(*) from run_stage)"));
    }

    [Fact]
    public async Task ASaveThatIsInterruptedHalfWayLeavesNothing()
    {
        using var interrupt = new CancellationTokenSource();
        await using var run = await BeginAsync();
        var check = Given.Volumes(Enumerable.Range(0, 5000).Select(tag => Given.Volume($"T{tag}", 1)));
        var stage = Given.Stage(check) with { Checks = [check, check with { Check = "second", Judgements = new InterruptingList<Judgement>(check.Judgements, interrupt) }] };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.SaveAsync(run, stage, interrupt.Token));

        Assert.False((await GateAsync()).IsGood);
        Assert.Equal("0|0", Look("select (select count(*) from tag_data_day), (select count(*) from verdict)"));
    }

    // One run at a time.

    [Fact]
    public async Task TwoRunsOfOneDateExcludeEachOther()
    {
        await using var first = await BeginAsync();
        Clock.Move(TimeSpan.FromSeconds(5));

        var held = await Assert.ThrowsAsync<RunHeldException>(() => BeginAsync(store: Open(Clock)));

        Assert.Equal(Given.Start().Holder, held.Holder);
        Assert.Equal(Given.Night, held.Since);
    }

    [Fact]
    public async Task OtherDatesAndOtherPlansAreFree()
    {
        await using var first = await BeginAsync();
        await using var tomorrow = await BeginAsync(Given.Start(Given.Date.AddDays(1)));
        await using var other = await BeginAsync(Given.Start() with { Plan = "other" });

        Assert.Equal(3, new[] { first.RunId, tomorrow.RunId, other.RunId }.Distinct().Count());
    }

    [Fact]
    public async Task AttemptsAreCountedByVerbAndDate()
    {
        Assert.Equal(1, await AttemptAsync("run", 0));
        Assert.Equal(2, await AttemptAsync("run", 0));
        Assert.Equal(1, await AttemptAsync("tags", 0));
        Assert.Equal(1, await AttemptAsync("run", 1));

        async Task<int> AttemptAsync(string verb, int offset)
        {
            await using var run = await BeginAsync(Given.Start(Given.Date.AddDays(offset), verb));
            return run.Attempt;
        }
    }

    [Fact(Timeout = 15000)]
    public async Task ARunThatWaitsGetsTheDateWhenItIsGivenBack()
    {
        var first = await BeginAsync();
        var heartbeats = Clock.Alarms;
        var waiting = Open(Clock).BeginAsync(Given.Start(), TimeSpan.FromMinutes(10), Token);
        while (Clock.Alarms == heartbeats)
            await Task.Delay(10, Token);
        Assert.False(waiting.IsCompleted);

        await first.DisposeAsync();
        while (!waiting.IsCompleted)
        {
            Clock.Move(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Token);
        }

        await using var second = await waiting;
        Assert.Equal(2, second.Attempt);
    }

    [Fact(Timeout = 15000)]
    public async Task ARunThatWaitsInVainSaysWhoHoldsTheDate()
    {
        await using var first = await BeginAsync();
        var waiting = Open(Clock).BeginAsync(Given.Start(), TimeSpan.FromSeconds(3), Token);
        while (!waiting.IsCompleted)
        {
            Clock.Move(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Token);
        }

        await Assert.ThrowsAsync<RunHeldException>(() => waiting);
    }

    [Fact]
    public async Task OfManyThatBeginAtOnceOneGetsTheDate()
    {
        var begun = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            try
            {
                return await BeginAsync(store: Open(Clock));
            }
            catch (RunHeldException)
            {
                return null;
            }
        }));

        await using var only = Assert.Single(begun.OfType<IRunLease>());
        Assert.Equal(1, only.Attempt);
    }

    [Fact]
    public async Task TheDateOfAProcessThatDiedIsTakenOverAtOnce()
    {
        const int NoSuchProcess = int.MaxValue;
        var dead = await BeginAsync(Given.Start(holder: new Holder(Environment.MachineName, NoSuchProcess, "etl")));
        await using var heir = await BeginAsync();

        Assert.Equal(2, heir.Attempt);
        await dead.DisposeAsync();
        await Assert.ThrowsAsync<RunHeldException>(() => BeginAsync());
    }

    [Fact]
    public async Task TheDateOfAnotherMachineIsTakenOverWhenItGivesNoSignOfLife()
    {
        var stopped = new HandClock(Given.Night);
        await using var silent = await BeginAsync(Elsewhere, Open(stopped));
        Clock.Move(TimeSpan.FromSeconds(59));
        await Assert.ThrowsAsync<RunHeldException>(() => BeginAsync());
        Clock.Move(TimeSpan.FromSeconds(1));

        await using var heir = await BeginAsync();

        Assert.Equal(2, heir.Attempt);
    }

    [Fact]
    public async Task ARunOnAnotherMachineKeepsItsDateAsLongAsItLives()
    {
        await using var alive = await BeginAsync(Elsewhere);
        Clock.Move(TimeSpan.FromMinutes(30));

        await Assert.ThrowsAsync<RunHeldException>(() => BeginAsync());
    }

    [Fact]
    public async Task ARunThatLostItsDateSavesNothing()
    {
        var stopped = new HandClock(Given.Night);
        await using var silent = await BeginAsync(Elsewhere, Open(stopped));
        Clock.Move(TimeSpan.FromMinutes(2));
        await using var heir = await BeginAsync();

        var lost = await Assert.ThrowsAsync<StoreException>(() => Store.SaveAsync(silent, Given.Stage(Given.Volumes([Given.Volume("A", 1)])), Token));

        Assert.Contains("Nothing was saved", lost.Message, StringComparison.Ordinal);
        Assert.False((await GateAsync()).IsGood);
    }

    static RunStart Elsewhere => Given.Start(holder: new Holder("another-host", 1, "etl"));

    // Overrides.

    static Override Opened(int hours = 4, string by = "wang") => new(by, "HBase is late, the services use yesterday's", Given.Night, Given.Night.AddHours(hours));

    [Fact]
    public async Task AnOverrideOpensAClosedGateAndIsShownAsOne()
    {
        await Store.SaveAsync(Given.Date, Failed());
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(), Token);

        var gate = await GateAsync();

        Assert.False(gate.IsGood);
        Assert.Equal(Opened(), gate.Override);
        Assert.True(gate.AnswerAt(Given.Night, Day) is { IsOpen: true, ByOverride: true });
        Assert.Equal("0|1", Look("select state, is_online from tag_stage_state"));
    }

    [Fact]
    public async Task AnOverrideThatRanOutOpensNothingAndStaysVisible()
    {
        await Store.SaveAsync(Given.Date, Failed());
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(), Token);

        var gate = await GateAsync();

        Assert.NotNull(gate.Override);
        Assert.False(gate.AnswerAt(Given.Night.AddHours(5), Day).IsOpen);
    }

    [Fact]
    public async Task AStageThatWasNeverJudgedCanBeOpenedByAPersonAndIsForgottenWhenThatIsRevoked()
    {
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(), Token);
        var gate = await GateAsync();
        var revoked = await Store.RevokeAsync(Given.Plan, Given.Date, "tags", "zhao", Given.Night.AddHours(1), Token);

        Assert.Equal((false, 0L, GateExit.CouldNotTell), (gate.IsGood, gate.RunId, gate.Exit));
        Assert.True(gate.AnswerAt(Given.Night, Day).IsOpen);
        Assert.Equal(1, revoked);
        Assert.Empty(await Store.GatesAsync(Given.Plan, Given.Date, Token));
    }

    [Fact]
    public async Task AnOverrideOutlivesTheRunsThatFollow()
    {
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(), Token);
        await using var run = await BeginAsync();
        var underWay = await GateAsync();
        var flagUnderWay = Look("select state, is_online from tag_stage_state");
        await Store.SaveAsync(run, Failed(), Token);

        Assert.Equal(Opened(), underWay.Override);
        Assert.Equal("0|1", flagUnderWay);
        Assert.Equal(Opened(), (await GateAsync()).Override);
        Assert.Equal("0|1", Look("select state, is_online from tag_stage_state"));
    }

    [Fact]
    public async Task ACheckThatFindsTheDataGoodReleasesItItself()
    {
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(), Token);
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1)])));

        Assert.Equal("1|2", Look("select state, is_online from tag_stage_state"));
        await Store.RevokeAsync(Given.Plan, Given.Date, "tags", "zhao", Given.Night, Token);
        Assert.Equal("1|2", Look("select state, is_online from tag_stage_state"));
    }

    [Fact]
    public async Task RevokedOverridesStayStoredWithWhoRevokedThem()
    {
        await Store.SaveAsync(Given.Date, Failed());
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(), Token);
        await Store.OverrideAsync(Given.Plan, Given.Date, "tags", Opened(by: "li"), Token);

        Assert.Equal("li", (await GateAsync()).Override?.By);
        Assert.Equal(2, await Store.RevokeAsync(Given.Plan, Given.Date, "tags", "zhao", Given.Night.AddHours(1), Token));
        Assert.Equal(0, await Store.RevokeAsync(Given.Plan, Given.Date, "tags", "zhao", Given.Night.AddHours(1), Token));
        Assert.Null((await GateAsync()).Override);
        Assert.Equal("0|0", Look("select state, is_online from tag_stage_state"));
        Assert.Equal("wang|zhao li|zhao", Look("select opened_by, revoked_by from override order by id"));
    }

    [Fact]
    public async Task AnOverrideIsOfItsStageAndDateOnly()
    {
        await Store.SaveAsync(Given.Date, Failed());
        await Store.OverrideAsync(Given.Plan, Given.Date, "sync", Opened(), Token);
        await Store.OverrideAsync(Given.Plan, Given.Date.AddDays(1), "tags", Opened(), Token);

        Assert.Null((await GateAsync()).Override);
    }

    static StageResult Failed() => Given.Stage(Given.Volumes([Given.Volume("A", 1)], Given.Judged(Given.Tag("A"), Verdict.Fail, Finding.Drop)));

    static Measurement.Taken Taken(string metric, double value, string check = Given.Tags) => new(new SeriesId(check, metric), value);

    static Measurement.Missed Missed(string metric, string check = Given.Tags) => new(new SeriesId(check, metric), "The source is down.", IsAbsent: false);
}
