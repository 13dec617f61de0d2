using System.Text;
using System.Text.RegularExpressions;

namespace TagGuard.Tests.Rendering;

/// <summary>Nothing in a report runs, loads or breaks it.</summary>
public sealed class ReportSafetyTests
{
    [Fact]
    public void NothingIsFetchedFromOutside()
    {
        foreach (
            var html in new[]
            {
                ReportDays.Render(ReportDays.Bad()),
                ReportDays.Render(OddDays.Missed()),
                ReportDays.Render(OddDays.Overridden(ReportDays.Morning)),
            })
            Assert.DoesNotMatch(
                @"(?i)https?:|url\(|\ssrc\s*=|\shref\s*=\s*""?[^""#]|@import|<link|<img|<iframe|<object|//[a-z0-9]+\.",
                html.Replace("// no value", "")
            );
    }

    [Fact]
    public void NoScriptOrStyleButOursMayRun()
    {
        var html = ReportDays.Render(ReportDays.Bad());
        foreach (var (element, policy) in new[] { ("style", "style-src"), ("script", "script-src") })
        {
            var text = Regex.Match(html, $"<{element}>(.*?)</{element}>", RegexOptions.Singleline).Groups[1].Value;
            var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            Assert.Contains($"{policy} 'sha256-{hash}'", html);
        }
        Assert.DoesNotMatch(@"\sstyle\s*=|\son[a-z]+\s*=\s*[""']", html);
    }

    [Fact]
    public void ATagIdIsTextAndNeverMarkup()
    {
        var html = ReportDays.Render(OddDays.OfNastyStrings());
        Assert.Single(Regex.Matches(html, "<script"));
        Assert.DoesNotContain("</td><", html);
        Assert.Contains("&lt;/td&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp; \\u0001\\u202E\\uD800 &lt;b&gt;", html);
        Assert.DoesNotContain(html, character => char.IsControl(character) && character != '\n');
        Assert.Equal(html, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(html)));
    }

    [Fact]
    public void TextOutsideTheBasicPlaneIsKept() =>
        Assert.Contains("高价值 𠮷 🙂", ReportDays.Render(OddDays.OneSeries(1, [], "高价值 𠮷 🙂")));

    [Fact]
    public void TheExplainCommandIsSafeToPaste()
    {
        var html = ReportDays.Render(OddDays.OneSeries(1, [], "'; rm -rf / #"));
        Assert.Contains("tagguard explain --date 2026-07-15 &#39;&#39;\\&#39;&#39;; rm -rf / #&#39;", html);
    }
}
