using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Incidents;
using TagGuard.Judgements.Rules;
using TagGuard.Phrases;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Judgements.Incidents;

/// <summary>A cause that the numbers show is told by its name; what follows from another fault is not told as one of its own.</summary>
public sealed class CausesTests
{
    [Theory]
    [InlineData(40_000, 20_000, "40,000 rows are exactly 2 times the 20,000 different ones")]
    [InlineData(60_000, 40_000, "60,000 rows are exactly 3 times the 20,000 different ones")]
    [InlineData(22_571, 2_571, "A join on a key that is not unique")]
    public void ExactlyTwiceTheRowsIsADoubleLoadAndNoJoin(double rows, double repeated, string cause) =>
        Assert.StartsWith(cause, Told(Repeated(rows, repeated)).Cause, StringComparison.Ordinal);

    [Theory]
    [InlineData(10_000, "There are as many rows as usual")]
    [InlineData(10_500, "They came on top of the usual rows")]
    [InlineData(14_000, "The id is NULL, NaN or empty in these rows")]
    public void RowsWithoutAnIdAreNotToldAsAJoin(double rows, string cause)
    {
        var before = Some.History(Some.Before(Some.Rows, 9_990, 10_010, 10_000));
        var batch = Some.Batch(Some.Taken(Some.Rows, rows), Some.Taken(Some.Total(Metrics.RowsWithoutUser), 500)).With(before);
        Assert.StartsWith(cause, Told([.. new IdsRule().Judge(batch)]).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(empty)", 1_234, "1,234 users carry a tag without a name")]
    [InlineData("os:null", 1_234, "1,234 users carry a tag without a name")]
    [InlineData("push:load", 30_000, "Exactly 30,000 users came at once")]
    [InlineData("push:p07", 30_001, "Tags were added")]
    public void ANewTagThatNoReleaseBringsIsToldAsWhatItIs(string tag, double users, string cause)
    {
        var found = Some.Judgement(Some.Tag(tag), Verdict.Warn, Finding.New, users, blocking: false) with { Expected = null };
        Assert.StartsWith(cause, Told(found).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void UsersWhoCameWithATestPopulationAreToldWithIt()
    {
        var fresh = Some.Judgement(Some.Tag("push:load"), Verdict.Warn, Finding.New, 30_000, blocking: false) with { Expected = null };
        var total = Some.Judgement(Some.Total(Metrics.TaggedUsers), Verdict.Fail, Finding.Rise, 225_100, 195_000);
        var incident = Told(fresh, total);
        Assert.StartsWith("Exactly 30,000 users came with it at once, and about as many (30,100)", incident.Cause, StringComparison.Ordinal);
        Assert.Equal(("New tag push:load: 30,000 users", true), (incident.Title, incident.Blocking));
    }

    [Fact]
    public void WhatATestPopulationLiftsIsNotToldAsAJoin()
    {
        var fresh = Some.Judgement(Some.Tag("push:load"), Verdict.Warn, Finding.New, 30_000, blocking: false) with { Expected = null };
        var total = Some.Judgement(Some.Total(Metrics.TaggedUsers), Verdict.Fail, Finding.Rise, 225_100, 195_000);
        var family = Some.Judgement(Some.Family("city"), Verdict.Fail, Finding.Rise, 225_050, 195_000);
        var tag = Some.Judgement(Some.Tag("os:web"), Verdict.Fail, Finding.Rise, 41_000, 11_000);
        var more = Some.Judgement(Some.Tag("os:ios"), Verdict.Fail, Finding.Rise, 111_000, 55_000);

        Assert.StartsWith("Exactly 30,000 users came with it at once", Told(fresh, total, family, tag).Cause, StringComparison.Ordinal);
        Assert.Equal(2, IncidentSorter.From([fresh, total, family, tag, more], "", "").Count);
    }

    [Fact]
    public void AFamilyWhoseUsersCarryATagWithoutANameIsToldWithIt()
    {
        var nameless = Some.Judgement(Some.Tag("(empty)"), Verdict.Warn, Finding.New, 7_511, blocking: false) with { Expected = null };
        var family = Some.Judgement(Some.Family("channel"), Verdict.Fail, Finding.Drop, 22_487, 30_006);
        var tags = Enumerable.Range(0, 30).Select(i => Some.Judgement(Some.Tag($"channel:c{i:00}"), Verdict.Fail, Finding.Drop, 750, 1_000));

        var incident = Told([nameless, family, .. tags]);

        Assert.Equal("From channel:* to (empty): 7,519 -> 7,511 users", incident.Title);
        Assert.StartsWith("The users of channel:* now carry a tag without a name", incident.Cause, StringComparison.Ordinal);
        Assert.Equal((true, 32), (incident.Blocking, incident.Size));
    }

    [Theory]
    [InlineData(28_748, 0, 1_252, "city:c03: ")]
    [InlineData(25_000, 0, 1_252, "Family city: ")]
    public void AFamilyThatLostWhatOneOfItsTagsLostIsToldByThatTag(double users, double value, double expected, string title)
    {
        var family = Some.Judgement(Some.Family("city"), Verdict.Fail, Finding.Drop, users, 30_000);
        var tag = Some.Judgement(Some.Tag("city:c03"), Verdict.Fail, Finding.Zero, value, expected);

        Assert.StartsWith(title, Told(family, tag).Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(284, 1)]
    [InlineData(330, 2)]
    public void ATagThatChanceLeavesBesideTheOthersIsNoFaultOfItsOwn(double users, int incidents)
    {
        var shard = new SharedMove(Extent.Check, "", Finding.Drop, 330, Shards: 32);
        var tags = Enumerable.Range(0, 300).Select(i =>
            Some.Judgement(Some.Tag($"t:{i:000}"), Verdict.Fail, Finding.Drop, 969, 1000) with { Shared = shard });
        var beside = Some.Judgement(Some.Tag("device:d47"), Verdict.Fail, Finding.Rise, users, 276) with
        {
            Parts = new Decomposition { OwnPast = 284, CommonFactor = 0.972 },
        };

        Assert.Equal(incidents, IncidentSorter.From([.. tags, beside], "", "").Count);
    }

    [Theory]
    [InlineData(11, 1)]
    [InlineData(3, 2)]
    public void ASmallTagMayLoseMoreThanItsPartToRowsWithoutAnId(double left, int incidents)
    {
        var batch = Some.Batch(Some.Taken(Some.Rows, 30_000), Some.Taken(Some.Total(Metrics.RowsWithoutUser), 1_500));
        var small = Some.Judgement(Some.Tag("os:web"), Verdict.Fail, Finding.Drop, left, 15);

        Assert.Equal(incidents, IncidentSorter.From([.. new IdsRule().Judge(batch), small], "", "").Count);
    }

    [Fact]
    public void ATagInOtherLettersIsARenameByCase()
    {
        var shop = Stocks.Of();
        var users = shop["F3_4", 0];
        shop.Set(Some.Tag("F3_4"), 0, 0);
        shop.Set(Some.Tag("f3_4"), 0, users - 12);
        var incident = Assert.Single(
            IncidentSorter.From([.. new DetectRule().Judge(shop.Morning())], "", ""), told => told.Members.Contains(Some.Tag("F3_4")));
        Assert.StartsWith("F3_4 became f3_4: ", incident.Title, StringComparison.Ordinal);
        Assert.StartsWith("The names are the same but for case", incident.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(480, "It lies further back than usual by the 8 h between Asia/Shanghai and UTC")]
    [InlineData(482, "It lies further back than usual by the 8 h between Asia/Shanghai and UTC")]
    [InlineData(520, "The upstream job is late")]
    public void ALagOfTheZonesDistanceToUtcIsATimeZone(double lag, string cause)
    {
        var series = Some.Total(Metrics.LagMinutes);
        var shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        var batch = Some.Batch(Some.Taken(series, lag)) with { Day = new BusinessDay(Some.Date, shanghai) };
        var judged = new FreshnessRule { MaxLag = TimeSpan.FromHours(2) }.Judge(batch.With(Some.History(Some.Before(series, 0.5, 1, 0.2))));
        Assert.StartsWith(cause, Told([.. judged]).Cause, StringComparison.Ordinal);
    }

    [Fact]
    public void KeysThatMatchWhenCaseIsFoldedAreNotOfAnEarlierLoad()
    {
        var incident = Told(Sync(20_000, 20_000, rows: true, (Metrics.MissingThere, 300), (Metrics.ExtraThere, 300), (Metrics.InOtherCase, 300)));
        Assert.StartsWith("300 of the 300 missing keys are there in other letters", incident.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20_000, 40_000, "service holds exactly 2 times the rows of warehouse")]
    [InlineData(40_000, 20_000, "warehouse holds exactly 2 times the rows of service")]
    [InlineData(20_000, 19_000, "The sync lost rows")]
    public void ASideThatIsAMultipleOfTheOtherWasWrittenSoOften(double left, double right, string cause) =>
        Assert.StartsWith(cause, Told(Sync(left, right, rows: false)).Cause, StringComparison.Ordinal);

    [Theory]
    [InlineData(901, 1)]
    [InlineData(700, 2)]
    public void AFileThatEndsWithinALineIsCutOffAndToldOnce(int line, int incidents)
    {
        Measurement[] today =
        [
            Some.Taken(new SeriesId("sync", Metrics.MalformedLines), 1),
            Some.Taken(new SeriesId("sync", Metrics.MalformedLines, $"line {line}: 1 column, 3 wanted"), 1),
        ];
        var broken = new FlawlessRule { Metric = Metrics.MalformedLines }.Judge(Some.Batch(today) with { Check = "sync" });

        var told = IncidentSorter.From([.. Sync(1000, 900, rows: false), .. broken], "", "");

        Assert.Equal(incidents, told.Count);
        if (incidents == 1)
        {
            Assert.StartsWith("The file ends within a line", told[0].Cause, StringComparison.Ordinal);
            Assert.Contains("900", told[0].Title, StringComparison.Ordinal);
            Assert.Contains("1 malformed line", told[0].Title, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ASyncIsNotBlamedForRowsThatTheWarehouseRepeats()
    {
        var tags = IncidentSorter.From(Repeated(22_571, 2_571), "tag team", "");
        var sync = Sync(22_571, 20_000, rows: false);

        var incident = Assert.Single(Consequences.Mark(IncidentSorter.From(sync, "service team", ""), tags));

        Assert.StartsWith("It follows from \"user tags: 2,571 rows repeat a user id", incident.Cause, StringComparison.Ordinal);
        Assert.EndsWith(
            "the 2,571 rows that repeat there are exactly those that are fewer here. Nothing was lost.",
            incident.Cause,
            StringComparison.Ordinal);
        Assert.Equal((tags[0].Heading, "tag team", true), (incident.FollowsFrom, incident.Owner, incident.Blocking));
        Assert.Null(Assert.Single(Consequences.Mark(IncidentSorter.From(Sync(22_571, 19_999, rows: false), "", ""), tags)).FollowsFrom);
    }

    [Fact]
    public void TheSameSliceOfASecondServiceFollowsFromTheFirst()
    {
        var (offline, stream, other) = (Slice("offline", "u100 … u199"), Slice("stream", "u100 … u199"), Slice("push", "u300 … u399"));

        var marked = Consequences.Mark([offline, stream, other], []);

        Assert.Equal([null, offline.Heading, null], marked.Select(incident => incident.FollowsFrom));
        Assert.Contains("lacks the keys u100 … u199 as well", marked[1].Cause, StringComparison.Ordinal);

        static Incident Slice(string service, string keys)
        {
            var batch = Some.Batch(
                Some.Taken(new SeriesId(service, Metrics.LeftRows), 1000),
                Some.Taken(new SeriesId(service, Metrics.RightRows), 900),
                Some.Taken(new SeriesId(service, Metrics.MissingThere), 100),
                Some.Taken(new SeriesId(service, Metrics.SearchedBuckets), 16),
                Some.Taken(new SeriesId(service, Metrics.DifferingBuckets), 16),
                Some.Taken(new SeriesId(service, Metrics.MissingSlice, keys), 100));
            return Assert.Single(IncidentSorter.From([.. new EqualRule { RightName = service }.Judge(batch with { Check = service })], "", ""));
        }
    }

    [Fact]
    public void WhatAnEarlierStageMissedIsNotMissedTwice()
    {
        var missed = new ExpectRule { AtLeast = 1 }.Judge(Some.Batch(Some.Missed(Some.Rows, isAbsent: true)));
        var left = new SeriesId("sync", Metrics.LeftRows);
        var side = new EqualRule { LeftName = "warehouse" }.Judge(
            Some.Batch(Some.Missed(left, isAbsent: true), Some.Taken(new SeriesId("sync", Metrics.RightRows), 5)) with { Check = "sync" });

        var follows = Assert.Single(Consequences.Mark(IncidentSorter.From([.. side], "", ""), IncidentSorter.From([.. missed], "", "")));

        Assert.EndsWith("it is the same that is missing.", follows.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9_884, true)]
    [InlineData(14_000, false)]
    public void AFamilyThatFellAsItsUpstreamDidFollowsFromIt(double users, bool follows)
    {
        var upstream = Some.Judgement(new SeriesId("events", Metrics.Rows), Verdict.Fail, Finding.Drop, 14_844, 30_871) with
        {
            Said = new Phrase("verdict.below", ("change", 51.9)),
        };
        var tags = Enumerable.Range(0, 24).Select(i =>
            Some.Judgement(Some.Tag($"read_time:h{i:00}"), Verdict.Fail, Finding.Drop, users / 24, 20_183 / 24.0));

        var others = Enumerable.Range(0, 100).Select(i => Some.Judgement(Some.Tag($"topic:t{i:00}"), Verdict.Pass, Finding.Normal, 100));

        var incident = Assert.Single(Consequences.Mark(IncidentSorter.From([.. tags, .. others], "", ""), IncidentSorter.From([upstream], "", "")));

        Assert.Equal(follows ? "cause.follows_moved" : "cause.family_fell", incident.Why.Name);
    }

    [Fact]
    public void AMoveOfAllTagsIsShownAgainstWhatThePastAloneLetsExpect()
    {
        var shop = Stocks.Of().Times(_ => true, 31 / 32.0).Times(Some.Total(Metrics.TaggedUsers), 31 / 32.0);
        var judgements = new DetectRule().Judge(shop.Morning()).ToList();

        var incident = IncidentSorter.From(judgements, "", "")[0];

        Assert.StartsWith("All tags: ", incident.Title, StringComparison.Ordinal);
        Assert.Equal(Some.Total(Metrics.TaggedUsers), incident.Lead);
        Assert.True(shop.TaggedUsers(0) < incident.Evidence!.Low, incident.Sentence);
        Assert.DoesNotContain("would not fail", incident.Sentence, StringComparison.Ordinal);
        Assert.Equal($"{incident.Title}.", Gate.Decide(judgements, [], incidents: [incident]).Reason);
    }

    [Fact]
    public void ACopyIsShownByItsUsersAndNotByTheNumberOfItsTags()
    {
        var shop = new Shop();
        foreach (var tag in shop.Tags.ToList())
            shop[tag, 0] = shop[tag, 1];
        var copy = Assert.Single(new StaleRule().Judge(shop.Morning()));
        Assert.Equal((Finding.StaleCopy, shop.TaggedUsers(0), null), (copy.Finding, copy.Value, copy.Expected));
    }

    [Fact]
    public void WhatThereIsNoRoomForIsNeverTheHeadline()
    {
        var many = Enumerable.Range(0, 47).Select(i => Some.Judgement(Some.Tag($"T{i}"), Verdict.Fail, Finding.Drop, 10, 100 + i));
        var passing = Enumerable.Range(0, 60).Select(i => Some.Judgement(Some.Tag($"Z{i}"), Verdict.Pass, Finding.Normal, 100));
        var incidents = IncidentSorter.From([.. many, .. passing], "", "");
        Assert.Equal("user tags: and 37 more tags", incidents[^1].Title);
    }

    static Incident Told(params Judgement[] judgements)
    {
        var passing = Enumerable.Range(0, 20).Select(i => Some.Judgement(Some.Tag($"Z{i}_1"), Verdict.Pass, Finding.Normal, 100));
        return Assert.Single(IncidentSorter.From([.. judgements, .. passing], "", ""));
    }

    static Judgement[] Repeated(double rows, double repeated) =>
        [.. new DuplicatesRule().Judge(Some.Batch(Some.Taken(Some.Rows, rows), Some.Taken(Some.Total(Metrics.DuplicateUsers), repeated)))];

    static Judgement[] Sync(double left, double right, bool rows, params (string Metric, double Value)[] drilled)
    {
        Measurement[] today =
        [
            Some.Taken(new SeriesId("sync", Metrics.LeftRows), left), Some.Taken(new SeriesId("sync", Metrics.RightRows), right),
            .. drilled.Select(one => Some.Taken(new SeriesId("sync", one.Metric), one.Value)),
        ];
        return [.. new EqualRule { LeftName = "warehouse", RightName = "service", ComparesRows = rows }
            .Judge(Some.Batch(today) with { Check = "sync" })];
    }
}
