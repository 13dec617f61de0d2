using Microsoft.Playwright;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The demo's mails in a real browser, as a desk and a phone show them.</summary>
public sealed class MailInBrowserTests(Demo demo) : InBrowser
{
    /// <summary>What a phone shows at once.</summary>
    const int PhoneWidth = 360, PhoneHeight = 800;

    [Theory]
    [InlineData("2011-11-21", 600, ColorScheme.Light)]
    [InlineData("2011-11-21", 600, ColorScheme.Dark)]
    [InlineData("2011-11-23", PhoneWidth, ColorScheme.Light)]
    [InlineData("2011-11-23", PhoneWidth, ColorScheme.Dark)]
    public async Task AMailFitsItsWidthShowsItsPicturesAndFetchesNothingElse(string date, int width, ColorScheme scheme)
    {
        var page = await OpenAsync(date, width, scheme);
        var pictures = await page.EvaluateAsync<int[]>("[...document.images].map(image => image.naturalWidth)");

        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The mail scrolls sideways.");
        Assert.NotEmpty(pictures);
        Assert.All(pictures, pixels => Assert.Equal(1040, pixels));
    }

    [Fact]
    public async Task TheDarkModeHasDarkGroundAndLightText()
    {
        var page = await OpenAsync("2011-11-21", 600, ColorScheme.Dark);

        Assert.Equal("rgb(20, 23, 28)", await StyleAsync("body", "backgroundColor"));
        Assert.Equal("rgb(28, 33, 40)", await StyleAsync(".tg-card", "backgroundColor"));
        Assert.Equal("rgb(255, 143, 132)", await StyleAsync("h1", "color"));
        Assert.Equal("rgb(230, 234, 240)", await StyleAsync("td.tg-text", "color"));

        Task<string> StyleAsync(string element, string name) =>
            page.EvaluateAsync<string>($"getComputedStyle(document.querySelector('{element}')).{name}");
    }

    [Fact]
    public async Task AGoodDayIsOnePhoneScreen()
    {
        var page = await OpenAsync("2011-11-15", PhoneWidth, ColorScheme.Light);

        Assert.InRange(await page.EvaluateAsync<int>("document.body.scrollHeight"), 300, PhoneHeight);
    }

    async Task<IPage> OpenAsync(string date, int width, ColorScheme scheme)
    {
        var context = await Browser.NewContextAsync(
            new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = PhoneHeight }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        var requests = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);
        await page.GotoAsync("file://" + demo.Of("reports", $"userprofile-{date}.mail.html"));
        Assert.All(requests, url => Assert.StartsWith("file://" + demo.Of("reports"), url, StringComparison.Ordinal));
        return page;
    }
}
