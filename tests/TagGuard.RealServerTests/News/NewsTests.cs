using System.Globalization;
using System.Text.RegularExpressions;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.News;

/// <summary>Faults in the data of a news app: which stage each closes, and as what it is told, with nothing beside it but what follows from it: the
/// table in tests/README.md, row by row.</summary>
public sealed partial class NewsTests(NewsApp app) : IClassFixture<NewsApp>
{
    static readonly string[][] Rows =
    [
        .. File.ReadLines(Path.Combine(Tagguard.Root, "tests", "README.md"))
            .SkipWhile(line => line != "## Faults of a news app")
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)
            .Select(line => line.Trim('|', ' ').Split(" | ")),
    ];

    public static TheoryData<string> Faults => [.. Rows.Select(row => row[0])];

    [Theory, MemberData(nameof(Faults))]
    public async Task AFaultClosesItsStageAndIsToldAsWhatItIsAlone(string fault)
    {
        var row = Rows.Single(one => one[0] == fault);
        var (foundBy, exit, toldAs) = (row[1], int.Parse(row[2], CultureInfo.InvariantCulture), row[3]);

        var outcome = await app.JudgeAsync(NewsFaults.All[fault]);

        var expected = Told.Matches(toldAs).Select(match => (What: match.Groups[1].Value, Why: match.Groups[2].Value.Trim())).ToList();
        var lines = ToldBy(outcome);
        Assert.True(
            lines.Count == expected.Count
                && lines.Zip(expected).All(pair => IsBegun(pair.First.What, pair.Second.What) && IsBegun(pair.First.Why, pair.Second.Why)),
            $"{fault} is told as:\n{string.Join('\n', lines)}\n\n{outcome.Error}");
        outcome.Expect(exit);
        var closed = outcome.Line["stages"]!.AsArray().Where(one => !(bool)one!["open"]!).Select(one => (string)one!["stage"]!).FirstOrDefault();
        Assert.Equal(exit == 0 ? null : foundBy.Split(':')[0], closed);
    }

    [Fact]
    public void EveryFaultStandsInTheTable() => Assert.Equal(NewsFaults.All.Keys.Order(), Rows.Select(row => row[0]).Order());

    [Fact]
    public void GoldenWeekClosesNoGate()
    {
        for (var day = 1; day <= 7; day++)
        {
            Assert.Contains($"open   upstream 2026-10-0{day}", app.Past.Error, StringComparison.Ordinal);
            Assert.Contains($"open   tags 2026-10-0{day}", app.Past.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2026-09-28")]
    [InlineData("2026-10-08")]
    [InlineData("2026-10-09")]
    public void TheDaysAfterAHolidayCloseNoGate(string date) => Assert.True(
        app.Past.Error.Contains($"open   tags {date}", StringComparison.Ordinal),
        string.Join('\n', app.Past.Error.Split('\n').SkipWhile(line => !line.Contains(date, StringComparison.Ordinal)).Take(20)));

    [Fact]
    public void ATagThatLosesOneReaderInAHundredADayIsToldWithinFourWeeksAndClosesNothing()
    {
        Assert.Contains("warns: Slow drift in 1 tag; most in topic:t07: -", app.Past.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("  - topic:t07", app.Past.Error, StringComparison.Ordinal);
    }

    /// <summary>What stands on stderr of each incident.</summary>
    static List<(string What, string Why)> ToldBy(Outcome outcome)
    {
        var lines = outcome.Error.Split('\n');
        return [.. lines.Index()
            .Where(line => line.Item.StartsWith("  - ", StringComparison.Ordinal))
            .Select(line => (line.Item[4..], lines[line.Index + 1].Trim()))];
    }

    static bool IsBegun(string text, string by) => text.StartsWith(by, StringComparison.Ordinal);

    /// <summary>`what`: why.</summary>
    [GeneratedRegex("`([^`]*)`: ([^<]*)")]
    static partial Regex Told { get; }
}
