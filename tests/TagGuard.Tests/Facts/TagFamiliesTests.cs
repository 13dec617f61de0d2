using TagGuard.Facts;
using TagGuard.Keys;

namespace TagGuard.Tests.Facts;

public class TagFamiliesTests
{
    [Theory]
    [InlineData("A111U001_002", "A111U001", "002")]
    [InlineData("read_time:h00", "read_time", "h00")]
    [InlineData("push:p00", "push", "p00")]
    [InlineData("channel/x", "channel", "x")]
    [InlineData("app:os:android", "app:os", "android")]
    [InlineData("os=android_tv", "os", "android_tv")]
    [InlineData("vip", "", "vip")]
    [InlineData(":x", "", "x")]
    [InlineData("", "", "")]
    public void AFamilyIsGuessedFromTheTag(string tag, string family, string value) => Is(TagFamilies.Guessed, tag, family, value);

    [Theory]
    [InlineData("-", "os-android_tv", "os", "android_tv")]
    [InlineData("-", "a-b-c", "a-b", "c")]
    [InlineData("-", "read_time:h00", "", "read_time:h00")]
    [InlineData("-", "-x", "", "-x")]
    [InlineData("::", "os::x:y", "os", "x:y")]
    [InlineData("", "os:android", "", "os:android")]
    public void ASeparatorMakesAFamily(string separator, string tag, string family, string value) =>
        Is(new SeparatedFamilies(separator), tag, family, value);

    [Theory]
    [InlineData("^([a-z]+)[0-9]", "age18", "age", "18")]
    [InlineData("^([a-z]+)[0-9]", "Age18", "", "Age18")]
    [InlineData("^.+@(.+)$", "18@age", "age", "18@age")]
    public void APatternMakesAFamily(string pattern, string tag, string family, string value)
    {
        PortablePattern.MistakeIn(pattern, out var read);
        Is(new PatternFamilies(read!), tag, family, value);
    }

    [Fact]
    public void WhatMakesFamiliesHasAMarkOfItsOwn()
    {
        PortablePattern.MistakeIn("^(.)-", out var pattern);
        double[] marks =
        [
            TagFamilies.Guessed.Mark, new SeparatedFamilies(":").Mark, new SeparatedFamilies("").Mark, new SeparatedFamilies("-").Mark,
            new PatternFamilies(pattern!).Mark,
        ];

        Assert.Equal(0, marks[0]);
        Assert.Equal(marks, marks.Distinct());
        Assert.All(marks, mark => Assert.Equal(mark, Math.Floor(mark)));
        Assert.Equal(marks[1], new SeparatedFamilies(":").Mark);
    }

    static void Is(TagFamilies families, string tag, string family, string value) =>
        Assert.Equal((family, value), (families.Of(tag), families.ValueOf(tag)));
}
