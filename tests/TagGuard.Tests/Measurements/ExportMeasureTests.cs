using TagGuard.Facts;
using TagGuard.Measurements;
using TagGuard.Sources;
using TagGuard.Tests.Support;

namespace TagGuard.Tests.Measurements;

/// <summary>`export`: what is found in a file, and the verdicts about it.</summary>
public sealed class ExportMeasureTests
{
    static readonly ExportFlaws None = new(0, []);

    static readonly ExportFacts Good = new(["id", "text"], 40, None, None, None, Some.Now.AddHours(-1), IsSettled: true);

    static readonly ExportMeasure Plan = new()
    {
        Connection = "fake",
        File = new("export_{date:yyyyMMdd}.csv"),
        Header = ["id", "text"],
        Key = "id",
        Compare = new SidePlan { Connection = "fake", Table = new("t_{date:yyyyMMdd}") },
    };

    readonly FakeSource _source = new() { Export = Good, Count = (_, _) => Task.FromResult(40L) };

    [Fact]
    public async Task AFileWithoutFlawsPasses()
    {
        var judgements = await JudgeAsync();

        Assert.All(judgements, judgement => Assert.Equal((Verdict.Pass, Finding.Normal), (judgement.Verdict, judgement.Finding)));
        Assert.Equal(
            [
                "Both hold 40.",
                "No checksum that is of another file.",
                "No encoding error.",
                "No malformed line.",
                "No row with the key of an earlier row.",
                "No wrong column in the header.",
            ],
            judgements.Select(one => one.Sentence).Order(StringComparer.Ordinal));
    }

    public static TheoryData<ExportFacts, Finding, string> Flawed =>
        new()
        {
            { Good with { Rows = 39 }, Finding.Different, "the file holds 39, fake 40: 1 fewer (2.5%), allowed 0." },
            {
                Good with
                {
                    Header = ["id", "txt", "more"],
                },
                Finding.Header,
                "2 wrong columns in the header: column 2 is \"txt\", wanted \"text\"; column 3 is \"more\", wanted not there."
            },
            {
                Good with
                {
                    Malformed = new(12, ["line 10: no id", "line 9: 1 column, 2 wanted"]),
                },
                Finding.Malformed,
                "12 malformed lines: line 9: 1 column, 2 wanted; line 10: no id; …."
            },
            {
                Good with
                {
                    Encoding = new(1, ["line 3: byte 0xFF at offset 15 is not text"]),
                },
                Finding.Encoding,
                "1 encoding error: line 3: byte 0xFF at offset 15 is not text."
            },
            {
                Good with
                {
                    Checksum = new(1, ["x.md5 says 1, and the file's is 2"]),
                },
                Finding.Checksum,
                "The file is not the one that its checksum was made of: x.md5 says 1, and the file's is 2."
            },
            { Good with { Repeats = new(1, ["line 4: 7"]) }, Finding.Duplicates, "1 row with the key of an earlier row: line 4: 7." },
        };

    [Theory, MemberData(nameof(Flawed))]
    public async Task EachFlawHasItsOwnVerdict(ExportFacts facts, Finding finding, string sentence)
    {
        _source.Export = facts;

        var failed = Assert.Single(await JudgeAsync(), judgement => judgement.Verdict != Verdict.Pass);

        Assert.Equal((Verdict.Fail, finding, sentence), (failed.Verdict, failed.Finding, failed.Sentence));
    }

    [Fact]
    public async Task AnEmptyFileHasNoRowsAndNoHeader()
    {
        _source.Export = Good with { Header = [], Rows = 0 };

        Assert.Equal(
            [Finding.Header, Finding.Zero],
            (await JudgeAsync())
                .Where(judgement => judgement.Verdict == Verdict.Fail)
                .Select(judgement => judgement.Finding)
                .OrderByDescending(finding => finding));
    }

    [Theory]
    [InlineData(false, 60, "is being written")]
    [InlineData(true, 1, "changed 60 s ago, and must be left unchanged for 300 s")]
    [InlineData(true, -2, "changed 0 s ago, and must be left unchanged for 300 s")]
    [InlineData(true, -600, "was last changed at 2026-02-04 15:30 UTC, which lies after now")]
    public async Task AFileThatIsStillWrittenIsNotThereYet(bool isSettled, int minutes, string sentence)
    {
        _source.Export = Good with { IsSettled = isSettled, Modified = Some.Now.AddMinutes(-minutes) };

        var judgements = await JudgeAsync(Plan with { StableFor = TimeSpan.FromMinutes(5) });

        Assert.NotEmpty(judgements);
        Assert.All(judgements, judgement => Assert.Equal((Finding.Missing, true), (judgement.Finding, judgement.ClosesGate)));
        Assert.All(judgements, judgement => Assert.Contains(sentence, judgement.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AFileOfAClockThatIsALittleAheadPassesWhenNothingMustSettle()
    {
        _source.Export = Good with { Modified = Some.Now.AddMinutes(2) };

        Assert.All(await JudgeAsync(), judgement => Assert.Equal(Verdict.Pass, judgement.Verdict));
    }

    public static TheoryData<string, ExportMeasure> Mistakes => new()
    {
        { "file", Plan with { File = new("export.csv") } },
        { "separator", Plan with { Separator = "||" } },
        { "key", Plan with { Key = "userid" } },
        { "encoding", Plan with { Encoding = "utf-9" } },
        { "tolerance", Plan with { Compare = null, Tolerance = new(1, false) } },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public void APlanThatCannotBeMetIsRefused(string key, ExportMeasure plan) => Assert.Equal(key, Assert.Single(plan.Mistakes()).Key);

    [Fact]
    public void EncodingsOfTheFieldAreKnown() =>
        Assert.All(
            new[] { "utf-8", "utf-8-bom", "gb18030", "gbk", "windows-1252", "utf-16" },
            name => Assert.Empty((Plan with { Encoding = name }).Mistakes()));

    async Task<List<Judgement>> JudgeAsync(ExportMeasure? plan = null)
    {
        plan ??= Plan;
        var taking = await plan.TakeAsync(_source.Context(), TestContext.Current.CancellationToken);
        return [.. plan.Rules.SelectMany(rule => rule.Judge(Some.Batch([.. taking.Measurements])))];
    }
}
