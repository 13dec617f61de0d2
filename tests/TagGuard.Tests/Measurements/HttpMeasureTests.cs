using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Measurements;

/// <summary>What a field of an answer says.</summary>
public sealed class HttpMeasureTests
{
    const string Answer = """
        { "data": { "status": "RUNNING", "rows": 41, "ok": true, "none": null, "empty": [], "items": [ { "state": 2 } ], "day": "2026-02-03" } }
        """;

    static readonly HttpMeasure Status = new()
    {
        Connection = "fake",
        Path = new("/api?date={date:yyyy-MM-dd}"),
        Field = "data.status",
        Exactly = new("SUCCESS"),
    };

    readonly FakeSource _source = new() { Json = Answer };

    [Theory]
    [InlineData("data.status", "RUNNING", Verdict.Pass, "data.status is RUNNING.")]
    [InlineData("data.status", "SUCCESS", Verdict.Fail, "data.status is RUNNING, SUCCESS required.")]
    [InlineData("data.rows", "41.0", Verdict.Pass, "data.rows is 41.0.")]
    [InlineData("data.rows", "042", Verdict.Fail, "data.rows is 41, 042 required.")]
    [InlineData("data.ok", "true", Verdict.Pass, "data.ok is true.")]
    [InlineData("data.items[0].state", "2", Verdict.Pass, "data.items[0].state is 2.")]
    [InlineData("data.day", "{date:yyyy-MM-dd}", Verdict.Pass, "data.day is {date:yyyy-MM-dd}.")]
    public async Task AFieldIsComparedWithWhatIsWanted(string field, string wanted, Verdict verdict, string sentence)
    {
        var judgement = await JudgeAsync(Status with { Field = field, Exactly = new ValuePattern(wanted) });

        Assert.Equal((verdict, sentence), (judgement.Verdict, judgement.Sentence));
        Assert.Equal(verdict == Verdict.Pass ? Finding.Normal : Finding.NotReady, judgement.Finding);
    }

    [Theory]
    [InlineData("data.rows", 41, Verdict.Pass, Finding.Normal, "data.rows is at least 41.")]
    [InlineData("data.rows", 42, Verdict.Fail, Finding.NotReady, "data.rows is 41, at least 42 required.")]
    [InlineData("data.status", 1, Verdict.Unknown, Finding.Missing, "which is not a number")]
    public async Task ANumberIsHeldToItsLeast(string field, double least, Verdict verdict, Finding finding, string said)
    {
        var judgement = await JudgeAsync(Status with { Field = field, Exactly = null, AtLeast = least });

        Assert.Equal((verdict, finding), (judgement.Verdict, judgement.Finding));
        Assert.Contains(said, judgement.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data.stat", Finding.Missing, "data has no field stat; it has status, rows, ok, none, empty, items, day.")]
    [InlineData("state", Finding.Missing, "The answer has no field state; it has data.")]
    [InlineData("data.status.x", Finding.Missing, "data.status is a text, so it has no field x.")]
    [InlineData("data[0]", Finding.Missing, "data is an object and no list, so it has no [0].")]
    [InlineData("data", Finding.Missing, "data is an object: name a field in it")]
    [InlineData("data.items", Finding.Missing, "data.items is a list: name an item")]
    [InlineData("data.none", Finding.NotReady, "data.none is null.")]
    [InlineData("data.none.state", Finding.NotReady, "data.none is null, so there is no data.none.state yet.")]
    [InlineData("data.empty[0].state", Finding.NotReady, "data.empty holds 0 items, so there is no data.empty[0].state yet.")]
    public async Task AFieldThatIsNotThereIsNamedWithThoseThatAre(string field, Finding finding, string said)
    {
        var judgement = await JudgeAsync(Status with { Field = field });

        Assert.Equal(finding, judgement.Finding);
        Assert.Equal(finding == Finding.NotReady ? Verdict.Fail : Verdict.Unknown, judgement.Verdict);
        Assert.Contains(said, judgement.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterItsDeadlineWhatDoesNotHoldIsLate() =>
        Assert.Equal(Finding.Late, (await JudgeAsync(Status with { Deadline = new TimeOnly(5, 0) })).Finding);

    [Theory]
    [InlineData("", "is not a field")]
    [InlineData("a..b", "is not a field")]
    [InlineData("a[x]", "is not a field")]
    [InlineData("a[0", "is not a field")]
    [InlineData("a[0]b", "is not a field")]
    [InlineData("a.[0]", "is not a field")]
    public void AFieldThatIsNoneIsRefused(string field, string said) =>
        Assert.Contains((Status with { Field = field }).Mistakes(), mistake => mistake.Message.Contains(said, StringComparison.Ordinal));

    [Theory]
    [InlineData("api")]
    [InlineData("//elsewhere/api")]
    [InlineData("/a b")]
    [InlineData("/a#b")]
    public void APathThatIsNoneIsRefused(string path) =>
        Assert.Contains((Status with { Path = new(path) }).Mistakes(), mistake => mistake.Key == "path");

    [Fact]
    public void OneThingIsWanted()
    {
        Assert.Empty(Status.Mistakes());
        Assert.NotEmpty((Status with { AtLeast = 1 }).Mistakes());
        Assert.NotEmpty((Status with { Exactly = null }).Mistakes());
    }

    async Task<Judgement> JudgeAsync(HttpMeasure measure)
    {
        var taking = await measure.TakeAsync(_source.Context(), TestContext.Current.CancellationToken);
        return Assert.Single(measure.Rules.SelectMany(rule => rule.Judge(Some.Batch([.. taking.Measurements]))));
    }
}
