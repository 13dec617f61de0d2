using System.Globalization;
using System.Text.RegularExpressions;

namespace TagGuard.Tests.Rendering;

/// <summary>Text can be read in light and dark.</summary>
public sealed class ReportColourTests
{
    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void EveryTextColourReachesContrastAa(string scheme)
    {
        var css = Regex.Match(ReportDays.Render(ReportDays.Good()), "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        var block = Regex.Matches(css, @":root \{(.*?)\}", RegexOptions.Singleline)[scheme == "light" ? 0 : 1].Value;
        var colours = Regex.Matches(block, "--([a-z]+): #([0-9a-f]{6})").ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        foreach (var text in new[] { "text", "soft", "fail", "unknown", "warn", "pass" })
        {
            foreach (var ground in new[] { "page", "card", "shade" })
                Assert.True(
                    Contrast(colours[text], colours[ground]) >= 4.5,
                    $"{text} on {ground} in {scheme}: {Contrast(colours[text], colours[ground]):0.00}");
        }
    }

    static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    // WCAG 2.2, relative luminance.
    static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var part = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }
        return (0.2126 * Channel(0)) + (0.7152 * Channel(2)) + (0.0722 * Channel(4));
    }
}
