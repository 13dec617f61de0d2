using System.Text;
using TagGuard.Keys;

namespace TagGuard.Tests.Yaml;

/// <summary>What a plan may be made of: characters that are shown.</summary>
public sealed class PlanTextTests
{
    const int Line = 9;

    static readonly string Sound = SomePlan.Of() + "\n# last line\n";

    public static TheoryData<int> Hidden =>
        [0, 1, 7, 8, 0x0B, 0x0C, 0x1A, 0x1B, 0x1F, 0x7F, 0x85, 0x9B, 0x61C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void ACharacterThatIsNotShownIsAMistakeWithItsLine(int letter)
    {
        foreach (var headOnly in new[] { false, true })
        {
            var mistake = Assert.Single(
                Mistakes(Encoding.UTF8.GetBytes(Sound.Replace("# last", $"# la{(char)letter}st", StringComparison.Ordinal)), headOnly));

            Assert.Equal((Line, 5), (mistake.Line, mistake.Column));
            Assert.Contains($"U+{letter:X4}", mistake.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(((char)letter).ToString(), mistake.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatFollowsANulIsReadAfterItIsTakenOut()
    {
        var text = Sound.Replace("# last line", "nonsense: true", StringComparison.Ordinal);

        Assert.Contains(
            "U+0000",
            Assert
                .Single(Mistakes(Encoding.UTF8.GetBytes(text.Replace("nonsense", "\0nonsense", StringComparison.Ordinal)), headOnly: false))
                .Message,
            StringComparison.Ordinal);
        Assert.Contains("nonsense", Assert.Single(Mistakes(Encoding.UTF8.GetBytes(text), headOnly: false)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\0", "U+0000")]
    [InlineData("\\x1B", "U+001B")]
    [InlineData("\\u202E", "U+202E")]
    [InlineData("\\N", "U+0085")]
    [InlineData("\\L", "U+2028")]
    public void AnEscapeOfSuchACharacterIsAMistakeAsWell(string escape, string name)
    {
        foreach (var headOnly in new[] { false, true })
        {
            var mistake = Assert.Single(
                Mistakes(Encoding.UTF8.GetBytes(Sound.Replace("sql: select 1", $"sql: \"select 1{escape}\"", StringComparison.Ordinal)), headOnly));

            Assert.Equal(Line - 1, mistake.Line);
            Assert.Contains(name, mistake.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    public void BytesThatAreNoUtf8AreAMistakeWithTheirLine(byte[] bad)
    {
        foreach (var headOnly in new[] { false, true })
        {
            var mistake = Assert.Single(Mistakes([.. Encoding.UTF8.GetBytes(Sound + "# "), .. bad, .. "\nmore: 1\n"u8], headOnly));

            Assert.Equal((Line + 1, 3), (mistake.Line, mistake.Column));
            Assert.Contains("not UTF-8", mistake.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AFileInUtf16SaysSoWithAMarkAndWithout()
    {
        Assert.Contains(
            "UTF-16",
            Assert.Single(Mistakes([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Sound)], headOnly: true)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "UTF-16",
            Assert.Single(Mistakes([.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Sound)], headOnly: true)).Message,
            StringComparison.Ordinal);
        Assert.Contains("UTF-16", Mistakes(Encoding.Unicode.GetBytes(Sound), headOnly: true)[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMarkAtTheBeginningOtherLanguagesAndOtherLineEndsAreText() =>
        Assert.Empty(
            Mistakes(
                [
                    .. Encoding.UTF8.Preamble,
                    .. Encoding.UTF8.GetBytes(Sound.Replace("# last", "# 最后 🎉\té", StringComparison.Ordinal).ReplaceLineEndings("\r\n")),
                ],
                headOnly: false));

    [Fact]
    public void ADeviceWithoutAnEndIsNoPlan() =>
        Assert.Contains(
            "larger than 4 MB",
            Assert.Throws<PlanException>(() => SomePlan.Reader().Read("/dev/zero")).Message,
            StringComparison.Ordinal);

    static IReadOnlyList<PlanMistake> Mistakes(byte[] bytes, bool headOnly) => SomePlan.InFile("", file =>
    {
        File.WriteAllBytes(file, bytes);
        try
        {
            _ = headOnly ? SomePlan.Reader().ReadHead(file) : SomePlan.Reader().Read(file);
            return [];
        }
        catch (PlanException refused)
        {
            return refused.Mistakes;
        }
    });
}
