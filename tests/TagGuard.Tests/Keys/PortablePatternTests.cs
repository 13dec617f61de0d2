using TagGuard.Keys;

namespace TagGuard.Tests.Keys;

public class PortablePatternTests
{
    [Theory]
    [InlineData("^([a-z]+)[0-9]", "age18", "age")]
    [InlineData(@"^(\w+?)\d+$", "age18", "age")]
    [InlineData(@"^(\w+?)\d+$", "age18\n", "")]
    [InlineData(@"^(\w+?)\d+$", "größe18", "")]
    [InlineData(@"^([\d_]+)\D", "20_26x", "20_26")]
    [InlineData(@"^(?:app|web)\.([^.]+)\.", "web.os.android", "os")]
    [InlineData(@"^(a\-b)\/[\]]", "a-b/]", "a-b")]
    [InlineData("(.+)_", "a_\n_b", "a_\n")]
    [InlineData("^(x)?y", "y", "")]
    public void TheFamilyIsWhatTheGroupHolds(string pattern, string tag, string family)
    {
        Assert.Null(PortablePattern.MistakeIn(pattern, out var read));
        Assert.Equal(family, read!.FirstGroup(tag));
    }

    [Theory]
    [InlineData("^[a-z]+", "one group")]
    [InlineData("^([a-z])([0-9])", "one group")]
    [InlineData("^([a-z]", "no regular expression")]
    [InlineData("^(?<f>[a-z]+)", "begin with (?")]
    [InlineData("^(a+)(?=b)", "begin with (?")]
    [InlineData(@"^(a)\1", @"`\1`")]
    [InlineData(@"\b(a)", @"`\b`")]
    [InlineData(@"(\p{L}+)", @"`\p`")]
    [InlineData(@"([^\D]+)", @"`\D`")]
    [InlineData("([a-z&&[^b]]+)", @"`\&`")]
    [InlineData("([a[b]]+)", @"`\[`")]
    [InlineData("(a{,3})", @"`\{`")]
    [InlineData(@"(a)\", "differ")]
    public void WhatEnginesReadDifferentlyIsRefused(string pattern, string told)
    {
        Assert.Contains(told, PortablePattern.MistakeIn(pattern, out var read), StringComparison.Ordinal);
        Assert.Null(read);
    }
}
