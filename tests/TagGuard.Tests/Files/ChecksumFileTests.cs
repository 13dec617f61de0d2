using TagGuard.Adapters.Exports;

namespace TagGuard.Tests.Files;

/// <summary>The checksum that a file tells of another, in the ways in which tools write it.</summary>
public sealed class ChecksumFileTests
{
    const string Md5 = "d41d8cd98f00b204e9800998ecf8427e";

    [Theory]
    [InlineData(Md5 + "  x.csv\n")]
    [InlineData(Md5 + " *x.csv\n")]
    [InlineData(Md5 + "  /home/etl/out/x.csv\r\n")]
    [InlineData(Md5 + "\n")]
    [InlineData(Md5 + "  -\n")]
    [InlineData("D41D8CD98F00B204E9800998ECF8427E")]
    [InlineData("MD5 (x.csv) = " + Md5)]
    [InlineData("00000000000000000000000000000000  y.csv\n" + Md5 + "  x.csv\n")]
    public void TheDigitsOfTheFileAreFound(string text) => Assert.Equal(Md5, ChecksumFile.Of(text, "x.csv"));

    [Theory]
    [InlineData("")]
    [InlineData(Md5 + "  y.csv\n")]
    [InlineData(Md5 + "\n" + Md5 + "\n")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427  x.csv\n")]
    [InlineData("not a checksum of x.csv\n")]
    public void WhatIsAboutAnotherFileOrNoneIsNotTaken(string text) => Assert.Null(ChecksumFile.Of(text, "x.csv"));
}
