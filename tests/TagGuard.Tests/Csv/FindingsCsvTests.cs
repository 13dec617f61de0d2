using FsCheck;
using FsCheck.Fluent;
using TagGuard.Adapters.Csv;
using TagGuard.Phrases;
using TagGuard.Tests.Rendering;

namespace TagGuard.Tests.Csv;

/// <summary>Findings as CSV.</summary>
public sealed class FindingsCsvTests
{
    [Fact]
    public void EachVerdictThatIsNoPassIsARowWithItsNumbers()
    {
        var lines = FindingsCsv.Of(ReportDays.Bad(), Language.En).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("date,stage,check,rule,verdict,finding,closes_gate,metric,key,value,expected,low,high,sentence", lines[0]);
        Assert.Equal(1 + 4 + 1 + 1 + 1, lines.Length);
        Assert.Contains(
            "2026-07-15,sync,userprofile_offline,equal,fail,different,1,right_rows,,2801893,2843101,2843101,2843101,"
                + "\"Hive has 2,843,101, HBase 2,801,893: 41,208 apart, 0 allowed.\"",
            lines);
    }

    [Fact]
    public void AGoodDayHasOnlyTitles() => Assert.Equal(2, FindingsCsv.Of(ReportDays.Good(), Language.Zh).Split("\r\n").Length);

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil\")")]
    [InlineData("+1")]
    [InlineData("-1+cmd|' /C calc'!A0")]
    [InlineData("@SUM(1)")]
    [InlineData("\t=1")]
    [InlineData("＝1+1")]
    public void WhatASpreadsheetWouldWorkOutIsAText(string key) =>
        Assert.Contains("'" + key.Replace("\"", "\"\""), FindingsCsv.Of(OddDays.OneSeries(1, [], key), Language.En), StringComparison.Ordinal);

    [Fact]
    public void NoTextOfTheDataIsAFormula() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        {
            var shown = FindingsCsv.Harmless(text ?? "");
            Assert.False(shown.Length > 0 && "=+-@\t\r\n".Contains(shown[0]), shown);
            Assert.EndsWith(text ?? "", shown, StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();
}
