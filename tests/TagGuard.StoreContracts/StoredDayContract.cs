using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Storage;

namespace TagGuard.StoreContracts;

/// <summary>A day is read as it was saved, and the users' own tables hold what they always held.</summary>
public abstract class StoredDayContract<TTables> : StoreContract<TTables>
    where TTables : IStoreTables, new()
{
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
        var check = Given.Volumes(
            [
                Given.Volume("A121H002_0_004", 12.5, 0.25, 0.125),
                Given.Volume("A121H002_0_005", 7),
                Given.Taken(Metrics.TaggedUsers, 50),
                Given.Missed(Metrics.ActiveUsers),
            ],
            dropped);
        var incident = new Incident
        {
            Verdict = Verdict.Fail,
            Finding = Finding.Drop,
            Blocking = true,
            Check = Given.Tags,
            What = Phrase.Text("One tag fell"),
            Why = Phrase.Text("The login partition is short"),
            DoFirst = Phrase.Text("Look at dw_cookie_user_login"),
            Owner = "li",
            Size = 1,
            Lead = dropped.Series,
            Said = Phrase.Text(dropped.Sentence),
            Members = [dropped.Series],
        };
        var stage = Given.Stage(check) with { Incidents = [incident] };

        await Store.SaveAsync(Given.Date, stage);
        var day = await Store.DayAsync(Given.Plan, Given.Date, 30, Token);

        var stored = Assert.Single(day.Stages);
        Assert.Equal(("tags", 1, stage.Started, stage.Finished), (stored.Stage, stored.Attempt, stored.Started, stored.Finished));
        var passed = Assert.Single(stored.Passes).Passes;
        Assert.Equal((1, Metrics.TagCount, true), (passed.Count, passed.Metric, passed.Have(Given.Tag("A121H002_0_005"))));
        Assert.Equivalent(
            stage.Judgements.Where(judgement => judgement.Series != Given.Tag("A121H002_0_005")),
            stored.Judgements.Select(judgement => judgement.Judgement),
            strict: true);
        Assert.Equivalent(stage.Incidents, stored.Incidents, strict: true);
        Assert.Equal([new StoredCheck(check.Check, check.Kind, check.Dimension, check.Asked, check.Took, check.JudgedAt)], stored.Checks);
        Assert.Equal((stage.Gate.IsOpen, stage.Gate.Exit, stage.Gate.Reason), (stored.Gate.IsGood, stored.Gate.Exit, stored.Gate.Reason));
        Assert.Equivalent(
            new[]
            {
                new StoredSeries(new(Given.Tags, Metrics.ActiveUsers), "userid", null, null, null, [])
                {
                    Missed = (Measurement.Missed)Given.Missed(Metrics.ActiveUsers),
                },
                new StoredSeries(Given.Tag("A121H002_0_004"), "userid", 12.5, 0.25, 0.125, []),
                new StoredSeries(Given.Tag("A121H002_0_005"), "userid", 7, 0.5, null, []) { Passed = Finding.Normal },
                new StoredSeries(new(Given.Tags, Metrics.TaggedUsers), "userid", 50, null, null, []),
            },
            day.Series,
            strict: true);
    }

    static Phrase Fell => new Phrase("verdict.judged",
            ("found", new Phrase("verdict.below", ("value", 12), ("metric", "tag_count"), ("change", 100 / 3.0),
                ("reference", new Phrase("verdict.expected_on", ("expected", 18), ("weekday", "tuesday"))))),
            ("range", new Phrase("verdict.range_from", ("low", 15))))
        .And(new Phrase("verdict.goes_on"));

    async Task<(Judgement, Incident)> SaveFellAsync()
    {
        var (series, what) = (Given.Tag("A"), new Phrase("incident.of", ("name", "A"), ("said", Fell)));
        var incident = Given.Incident() with
        {
            What = what,
            Why = new Phrase("cause.tag_fell"),
            DoFirst = Phrase.Text("Ask li."),
            Said = Fell,
            Lead = series,
            Members = [series],
        };
        var check = Given.Volumes([Given.Volume("A", 12)], Given.Judged(series, Verdict.Fail, Finding.Drop) with { Said = Fell });
        await Store.SaveAsync(Given.Date, Given.Stage(check) with { Incidents = [incident] });
        return await ReadFellAsync();
    }

    async Task<(Judgement, Incident)> ReadFellAsync()
    {
        var stage = (await Store.DayAsync(Given.Plan, Given.Date, 1, Token)).Stages[0];
        return (stage.Judgements[0].Judgement, stage.Incidents[0]);
    }

    [Fact]
    public async Task WhatWasSaidComesBackInEveryLanguage()
    {
        var (judgement, incident) = await SaveFellAsync();

        Assert.Equal(Fell, judgement.Said);
        Assert.Equal(
            "A：12 个用户，比周二预期值 18 低 33.3%；不低于 15 不会失败。前一天的故障仍在持续：既未修复，也未被认可|部分来源缺失，或规则有变。|Ask li.",
            string.Join('|', new[] { incident.What, incident.Why, incident.DoFirst }.Select(Phrasebook.Of(Language.Zh).Say)));
    }

    [Fact]
    public async Task ItsEnglishStandsInTheTables()
    {
        await SaveFellAsync();

        const string English = "12 users, 33.3% below the 18 expected on a Tuesday; 15 or more would not fail. "
            + "The fault of the day before continues: it was neither repaired nor accepted.";
        Assert.Equal($"{English}|A: {English.TrimEnd('.')}|Part of its source is missing, or its rule was changed.", Look(
            "select v.sentence, i.title, i.cause from verdict v join incident i on i.id = v.incident_id"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("'{\"is\":\"verdict.of_a_newer_version\",\"n\":1}'")]
    [InlineData("'not a phrase'")]
    public async Task WhatAnotherVersionStoredIsReadAsItsText(string phrase)
    {
        var (saved, _) = await SaveFellAsync();
        Tables.Run($"update verdict set phrase = {phrase}");
        Tables.Run($"update incident set phrases = {phrase}");

        var (judgement, incident) = await ReadFellAsync();

        Assert.Equal((Phrase.Text(saved.Sentence), saved.Sentence), (judgement.Said, incident.Said.ToString()));
        Assert.Equal(Phrase.Text("Part of its source is missing, or its rule was changed."), incident.Why);
    }

    [Fact]
    public async Task AVerdictNamesTheIncidentOfItsFindingOrElseThatOfItsSeries()
    {
        var (a, b) = (Given.Tag("A"), Given.Tag("B"));
        var check = Given.Volumes(
            [Given.Volume("A", 1), Given.Volume("B", 1), Given.Volume("C", 1)],
            Given.Judged(a, Verdict.Fail, Finding.Drop),
            Given.Judged(a, Verdict.Fail, Finding.StaleCopy),
            Given.Judged(b, Verdict.Warn, Finding.Zero),
            Given.Judged(Given.Tag("C"), Verdict.Warn, Finding.Drop));
        var copy = Given.Incident("Copied") with { Finding = Finding.StaleCopy, Members = [a] };
        var family = Given.Incident("A family fell") with { Finding = Finding.Drop, Members = [a, b] };

        await Store.SaveAsync(Given.Date, Given.Stage(check) with { Incidents = [copy, family] });

        Assert.Equal("A|Drop|A family fell A|StaleCopy|Copied B|Zero|A family fell C|Drop|", Look("""
            select v.series_key, v.finding, coalesce(i.title, '') from verdict v left join incident i on i.id = v.incident_id
            where v.verdict <> 'Pass' order by v.series_key, v.finding
            """));
    }

    [Fact]
    public async Task ADayShowsTheDaysBeforeItWithThoseThatWereNotAccepted()
    {
        var tag = Given.Tag("A");
        await Store.SaveAsync(Given.Date.AddDays(-3), Given.Stage(Given.Volumes([Given.Volume("A", 1)])));
        await Store.SaveAsync(Given.Date.AddDays(-2), Given.Stage(Given.Volumes([Given.Volume("A", 2)])));
        await Store.SaveAsync(
            Given.Date.AddDays(-1),
            Given.Stage(Given.Volumes([Given.Volume("A", 9), Given.Volume("gone", 1)], Given.Judged(tag, Verdict.Fail, Finding.Rise))));
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 3)])));

        var series = Assert.Single((await Store.DayAsync(Given.Plan, Given.Date, 2, Token)).Series);

        Assert.Equal([new(Given.Date.AddDays(-2), 2, true), new(Given.Date.AddDays(-1), 9, false)], series.Before);
    }

    [Fact]
    public async Task StagesOfADayKeepTheOrderInWhichTheyFirstRan()
    {
        await Store.SaveAsync(Given.Date, Given.Stage("upstream", Given.Volumes([Given.Volume("A", 1)])));
        await Store.SaveAsync(Given.Date, Given.Sync("push", 1, 2));
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
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes(
            [Given.Volume("A", 1), Given.Volume("B", 2), Given.Taken(Metrics.Rows, 3)],
            Given.Judged(Given.Tag("A"), Verdict.Warn, Finding.Drop),
            Given.Judged(Given.Tag("B"), Verdict.Warn, Finding.Rise))));

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
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Taken(Metrics.Rows, 1)])));

        var stored = Assert.Single(await Store.JudgementsAsync(Given.Plan, Given.Date, null, Token));

        Assert.Equal((await GateAsync()).RunId, stored.RunId);
        Assert.Equal(("tags", "hash", Given.Night.AddMinutes(1)), (stored.Stage, stored.PlanHash, stored.JudgedAt));
    }

    [Fact]
    public async Task SavingADateAgainReplacesItsNumbersAndKeepsEarlierVerdicts()
    {
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 1), Given.Volume("B", 1), Given.Taken(Metrics.Rows, 2)])));
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 5), Given.Taken(Metrics.Rows, 5)])));

        Assert.Equal("A|5", Look("select tagid, tag_count from tag_data_day"));
        Assert.Equal("rows|1", Look("select metric, value = 5 from measurement"));
        Assert.Equal("2|3", Look("select (select count(*) from verdict), (select sum(verdicts) from passes)"));
        Assert.Single(await Store.JudgementsAsync(Given.Plan, Given.Date, null, Token));
        Assert.Equal(2, Assert.Single((await Store.DayAsync(Given.Plan, Given.Date, 1, Token)).Stages).Attempt);
    }

    [Fact]
    public async Task TheUsersOwnTablesHoldWhatTheyAlwaysHeld()
    {
        await Store.SaveAsync(Given.Date, Given.Stage(Given.Volumes([Given.Volume("A", 10, 0.5, 0.25)])));
        await Store.SaveAsync(Given.Date, Given.Sync("userprofile_offline", 12431, 12430));

        Assert.Equal("A|2011-11-15|10|0.5|0.25", Look("select tagid, date, tag_count, tag_total_per, tag_dau_per from tag_data_day where id > 0"));
        Assert.Equal(
            "2011-11-15|userprofile_offline|12431|12430|0",
            Look("select date, service_type, hive_count, hbase_count, ok from tag_email_monitor"));
        Assert.Equal(
            "2011-11-15|sync|0|0 2011-11-15|tags|1|2",
            Look("select process_date, stage, state, is_online from tag_stage_state order by stage"));
    }

    [Fact]
    public async Task ASideThatDidNotAnswerLeavesItsCountEmpty()
    {
        var sync = new CheckResult(
            "offline", "equal", "", [Given.Taken(Metrics.LeftRows, 3, "offline"), Given.Missed(Metrics.RightRows, "offline")],
            [Given.Judged(new("offline", Metrics.RightRows), Verdict.Unknown, Finding.Missing)], "", TimeSpan.Zero, Given.Night);
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
}
