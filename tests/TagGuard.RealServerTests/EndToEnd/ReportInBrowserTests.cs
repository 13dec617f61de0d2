using Microsoft.Playwright;
using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The demo's reports in a real browser.</summary>
public sealed class ReportInBrowserTests(Demo demo) : InBrowser
{
    [Theory]
    [InlineData("2011-11-15", 1280, ColorScheme.Light)]
    [InlineData("2011-11-21", 1280, ColorScheme.Dark)]
    [InlineData("2011-11-21", 390, ColorScheme.Light)]
    [InlineData("2011-11-22", 390, ColorScheme.Dark)]
    public async Task AReportFetchesNothingFitsThePageAndRaisesNoError(string date, int width, ColorScheme scheme)
    {
        await using var context = await Browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
                ColorScheme = scheme,
            });
        var page = await context.NewPageAsync();
        var (requests, errors) = (new List<string>(), new List<string>());
        page.Request += (_, request) => requests.Add(request.Url);
        page.Console += (_, message) => errors.AddRange(message.Type == "error" ? [message.Text] : []);
        page.PageError += (_, error) => errors.Add(error);
        var report = (string)demo.Days.Single(day => (string)day["date"]! == date)["report"]!;

        await page.GotoAsync("file://" + report);
        foreach (var folded in await page.QuerySelectorAllAsync("details:not([open]) > summary"))
        {
            if (await folded.IsVisibleAsync())
                await folded.ClickAsync();
        }

        Assert.Equal(["file://" + report], requests);
        Assert.Empty(errors);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page scrolls sideways.");
        var headline = await page.TextContentAsync("h1");
        Assert.Contains(date == "2011-11-15" ? "open" : "closed", headline, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task AChineseReportFitsThePageAndFilters(int width)
    {
        var file = Path.Combine(Path.GetDirectoryName((string)demo.Days[^1]["report"]!)!, $"zh-{width}.html");
        (await demo.Tagguard.RunAsync("report", "--plan", "plan.yaml", "--date", "2011-11-21", "--out", file, "--language", "zh")).Expect(0);
        await using var context = await Browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = width, Height = 900 },
            });
        var page = await context.NewPageAsync();

        await page.GotoAsync("file://" + file);
        foreach (var folded in await page.QuerySelectorAllAsync("details:not([open]) > summary"))
        {
            if (await folded.IsVisibleAsync())
                await folded.ClickAsync();
        }
        await page.Locator(".filter input").First.FillAsync("nothing that is there");

        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page scrolls sideways.");
        Assert.Contains("门禁关闭", await page.TextContentAsync("h1"), StringComparison.Ordinal);
        Assert.StartsWith("0 / ", await page.TextContentAsync(".filter output"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheVerdictIsTheFirstThingOnAPhone()
    {
        await using var context = await Browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = 390, Height = 844 },
            });
        var page = await context.NewPageAsync();

        await page.GotoAsync("file://" + (string)demo.Days[^1]["report"]!);

        var box = await page.Locator("h1").BoundingBoxAsync();
        Assert.True(box!.Y + box.Height < 300, $"The headline ends at {box.Y + box.Height}.");
        Assert.True(await page.Locator("h1").IsVisibleAsync());
    }

    [Fact]
    public async Task OnAPhoneTheFirstIncidentIsInSightAndThePageIsShort()
    {
        await using var context = await Browser.NewContextAsync(
            new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        var page = await context.NewPageAsync();

        // Five incidents, the most of the demo's days.
        await page.GotoAsync("file://" + demo.Of("reports", "userprofile-2011-11-23.html"));

        var first = await page.Locator(".card h3").First.BoundingBoxAsync();
        Assert.True(first!.Y < 740, $"The first incident begins at {first.Y}.");
        var height = await page.EvaluateAsync<int>("document.documentElement.scrollHeight");
        Assert.True(height < 7_000, $"The page is {height} pixels long.");
    }

    [Fact]
    public async Task AJumpToAFoldedIncidentOpensIt()
    {
        var page = await Browser.NewPageAsync();
        var day = SmallWarehouse.First.AddDays(14);
        // A tag of each of four families is at zero: four incidents, of which the last is folded.
        using var small = await new SmallWarehouse().Write(SmallWarehouse.First, 14).Write(day, 1, "k not like '%U001_001'")
            .BackfilledAsync(day.AddDays(-1));
        var report = "file://" + (string)(await small.Tagguard.RunAsync("run", "--date", $"{day:yyyy-MM-dd}")).Expect(1).Line["report"]!;
        await page.GotoAsync(report);
        var folded = page.Locator("#i4");
        Assert.Equal(1, await folded.CountAsync());
        Assert.False(await folded.IsVisibleAsync());

        await page.GotoAsync(report + "#i4");

        await Assertions.Expect(folded).ToBeVisibleAsync();
    }

    [Fact]
    public async Task DaysLeadToOneAnother()
    {
        var page = await Browser.NewPageAsync();
        var visited = new List<string>();

        await page.GotoAsync("file://" + demo.Of("reports", "userprofile.html"));
        await page.Locator("tbody a").Last.ClickAsync();
        while (true)
        {
            visited.Add(page.Url[^15..^5]);
            var after = page.Locator("nav a", new PageLocatorOptions { HasTextString = "→" });
            if (await after.CountAsync() == 0)
                break;
            await after.ClickAsync();
        }

        Assert.Equal(demo.Days.Select(day => (string)day["date"]!), visited);
    }
}
