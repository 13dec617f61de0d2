using TagGuard.Keys;

namespace TagGuard.Tests.Keys;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("plain, 国庆节 🎉 é", "plain, 国庆节 🎉 é")]
    [InlineData("a\nopen  tags", "a\\nopen  tags")]
    [InlineData("a\r\tb", "a\\r\\tb")]
    [InlineData("\u001B[2K", "\\u001B[2K")]
    [InlineData("\0\u007F\u0085\u009B", "\\u0000\\u007F\\u0085\\u009B")]
    [InlineData("\u202Egpj\u2066\u200F\u061C\u2028\uFEFF", "\\u202Egpj\\u2066\\u200F\\u061C\\u2028\\uFEFF")]
    public void WhatIsNotShownIsWrittenAsAnEscape(string text, string shown) => Assert.Equal(shown, PlainText.Shown(text));

    [Fact]
    public void HalfASurrogatePairIsWrittenAsAnEscape()
    {
        Assert.Equal("a\\uD83C!", PlainText.Shown("a" + (char)0xD83C + "!"));
        Assert.Equal("\\uDF89", PlainText.Shown(((char)0xDF89).ToString()));
    }

    [Fact]
    public void WhatIsTooLongEndsWithHowMuchIsLeftOut()
    {
        Assert.Equal("aaa", PlainText.Shown("aaa", 3));
        Assert.Equal("aaa… (2 more characters)", PlainText.Shown("aaabb", 3));
    }

    [Fact]
    public void AnyTextIsShownOnOneLineOfShownCharacters()
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 12).Select(_ => (char)(random.Next(3) == 0 ? random.Next(0x10000) : random.Next(0xA0))));

            Assert.False(PlainText.HasHidden(PlainText.Shown(text)), PlainText.Shown(text));
        }
    }
}
