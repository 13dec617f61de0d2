using TagGuard.RealServerTests.Support;

namespace TagGuard.RealServerTests.EndToEnd;

/// <summary>The demo's mails, read by Python's `email`, which shares no code with what wrote them.</summary>
public sealed class MailTests(Demo demo)
{
    [Theory]
    [InlineData("2011-11-15", "[TagGuard] 2011-11-15 OK: 1 warning (userprofile)")]
    [InlineData("2011-11-16", "[TagGuard] 2011-11-16 BLOCKED: 2 critical, 1 warning (userprofile)")]
    [InlineData("2011-11-21", "[TagGuard] 2011-11-21 BLOCKED: 3 critical (userprofile)")]
    public async Task TheMailOfADayStandsBesideItsReportAndIsWhole(string date, string subject)
    {
        var mail = await Mail.ReadAsync(demo.Of("reports", $"userprofile-{date}.eml"));

        Assert.Equal(subject, (string)mail["subject"]!);
        Assert.Equal(["TagGuard <tagguard@example.com>"], Mail.Texts(mail["from"]!));
        Assert.Equal(["duty@example.com"], Mail.Texts(mail["to"]!));
        Assert.Matches($@"^<userprofile-{date}\.\d+@example\.com>$", (string)mail["id"]!);
        Assert.Empty(mail["defects"]!.AsArray());
        Assert.Equal(
            ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html"],
            Mail.Texts(mail["shape"]!).Take(5));
        Assert.Equal(["text/html", "text/csv"], Mail.Texts(mail["shape"]!).TakeLast(2));
        Assert.InRange((int)mail["bytes"]!, 1, 400_000);
    }

    [Fact]
    public async Task EveryPictureIsShownDecodesAndHasTwiceThePixels()
    {
        var mail = await Mail.ReadAsync(demo.Of("reports", "userprofile-2011-11-21.eml"));
        var pictures = mail["pictures"]!.AsObject();

        Assert.Equal(3, pictures.Count);
        Assert.Equal(pictures.Select(picture => picture.Key).Order(), Mail.Texts(mail["shown"]!).Order());
        // Each line of pixels has a byte for its filter, and four a pixel.
        Assert.All(pictures, picture => Assert.Equal([1040, 380, (1040 * 4 * 380) + 380], picture.Value!.AsArray().Select(number => (int)number!)));
    }

    [Fact]
    public async Task TheFullReportAndItsFindingsAreAttached()
    {
        var files = (await Mail.ReadAsync(demo.Of("reports", "userprofile-2011-11-21.eml")))["files"]!;

        var report = (string)files["userprofile-2011-11-21.html"]!;
        Assert.Contains("Family C131U002", report, StringComparison.Ordinal);
        // It stands alone where it is opened.
        Assert.DoesNotMatch("href=\"[^#\"]", report);
        var findings = (string)files["userprofile-2011-11-21.csv"]!;
        Assert.Contains("2011-11-21,crowds,crowds,detect,fail,zero,1,tag_count,crowd_07,0,", findings, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APreviewWritesTheMailInTheLanguageThatIsAskedForAndSendsNothing()
    {
        var folder = Directory.CreateDirectory(demo.Of("preview")).FullName;
        var preview = await demo.Tagguard.RunAsync(
            "report", "--preview", "--plan", "plan.yaml", "--date", "2011-11-21", "--language", "zh", "--out", Path.Combine(folder, "r.html"));
        var files = preview.Expect(0).Line["mail"]!.AsArray().Select(file => Path.GetFileName((string)file!)).ToList();

        Assert.Equal(
            [
                "userprofile-2011-11-21.eml", "userprofile-2011-11-21.mail.html", "userprofile-2011-11-21.txt",
                "userprofile-2011-11-21-chart-1.png", "userprofile-2011-11-21-chart-2.png", "userprofile-2011-11-21-chart-3.png",
            ],
            files);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(folder, file)), file));
        var mail = await Mail.ReadAsync(Path.Combine(folder, files[0]));
        Assert.Equal("[TagGuard] 2011-11-21 已拦截：严重 3（userprofile）", (string)mail["subject"]!);
        Assert.StartsWith("✕ 多个门禁关闭：tags、crowds\n2011年11月21日 星期一", (string)mail["text"]!, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"zh-CN\">", (string)mail["html"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APlanWithoutAMailHasNoneToPreview()
    {
        using var small = new SmallWarehouse();

        var preview = (await small.Tagguard.RunAsync("report", "--preview", "--date", "2026-02-05")).Expect(3);

        Assert.Contains("add `notify: { mail: { from:", preview.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APlanWithoutAServerSendsNothing()
    {
        var sent = (await demo.Tagguard.RunAsync("report", "--send", "--plan", "plan.yaml", "--date", "2011-11-21")).Expect(3);

        Assert.Contains("add `host` to `notify: { mail:", sent.Error, StringComparison.Ordinal);
    }
}
