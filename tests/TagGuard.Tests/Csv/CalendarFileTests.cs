using TagGuard.Adapters.Csv;
using TagGuard.Keys;

namespace TagGuard.Tests.Csv;

public class CalendarFileTests
{
    [Fact]
    public void LinesAreDaysAndCommentsAndBlankLinesAreNot()
    {
        var (days, mistakes) = Read(
            "\uFEFF# made by hand\r\nKind, Date ,name,extra\r\n\r\nshopping, 2026-11-11 ,\"Singles' Day, \"\"11.11\"\"\",x\r\n# "
                + "last\r\nholiday,2026-10-01,国庆节,\r\n");

        Assert.Empty(mistakes);
        Assert.Equal(
            [new NamedDay(new(2026, 11, 11), "Singles' Day, \"11.11\"", "shopping"), new NamedDay(new(2026, 10, 1), "国庆节", "holiday")],
            days);
    }

    [Theory]
    [InlineData("", 1, "empty", "date,name,kind")]
    [InlineData("# nothing\n", 1, "empty")]
    [InlineData("# c\ndate,name\n2026-01-01,a\n", 2, "The column kind is missing", "date,name,kind")]
    [InlineData("date;name;kind\n2026-01-01;a;b\n", 1, "date and name and kind is missing", "commas")]
    [InlineData("2026-01-01,a,holiday\n", 1, "is missing", "first line")]
    [InlineData("date,name,kind\n", 1, "lists no day", "2026-11-11,Singles' Day,shopping")]
    [InlineData("# c\n\ndate,name,kind\n2026-01-01,a,b\n\n# c\n2026-13-01,a,b\n", 7, "\"2026-13-01\" is not a date", "2026-01-05")]
    [InlineData("date,name,kind\n1/2/2026,a,b\n", 2, "\"1/2/2026\" is not a date")]
    [InlineData("date,name,kind\n2026-01-01,,b\n", 2, "no name")]
    [InlineData("date,name,kind\n2026-01-01,a,\n", 2, "no kind", "holiday")]
    [InlineData("date,name,kind\n2026-01-01,a\n", 2, "more or fewer columns")]
    [InlineData("date,name,kind\n2026-01-01,a, b,c\n", 2, "a name with a comma in it in quotes")]
    [InlineData("date,name,kind\n2026-01-01,\"a,b\n2026-01-02,a,b\n", 2, "quotes of the line do not match")]
    [InlineData("date,name,kind\n2026-01-01,a,b\n2026-01-02,a,b\n2026-01-01,a,c\n", 4, "line 2 already", "keep one")]
    public void AMistakeIsToldAtItsLineWithTheCure(string text, int line, params string[] parts)
    {
        var mistake = Assert.Single(Read(text).Mistakes);

        Assert.Equal(line, mistake.Line);
        Assert.All(parts, part => Assert.Contains(part, mistake.Message, StringComparison.Ordinal));
        Assert.EndsWith(".", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileOfAnotherSortIsNotToldLineByLine()
    {
        var (days, mistakes) = Read("date,name,kind\n2026-01-01,a,b\n" + string.Concat(Enumerable.Repeat("x,y,z\n", 500)));

        Assert.Single(days);
        Assert.Equal(11, mistakes.Count);
        Assert.Contains("490 more", mistakes[^1].Message, StringComparison.Ordinal);
    }

    static (IReadOnlyList<NamedDay> Days, List<(int Line, string Message)> Mistakes) Read(string text)
    {
        var mistakes = new List<(int, string)>();
        return (new CalendarFile((line, message) => mistakes.Add((line, message))).Read(text), mistakes);
    }
}
