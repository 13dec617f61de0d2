using TagGuard.Sources;

namespace TagGuard.Jobs.Terminal;

/// <summary>How far the scan of a table is, as a line.</summary>
static class ScanLines
{
    public static string Of(string check, ScanProgress progress)
    {
        var said = Spoken.Say(
            "console.regions", ("check", check), ("rows", progress.Rows), ("done", progress.Done), ("regions", progress.Regions));
        return progress.Left is { } left ? Spoken.Say("console.regions_left", ("so_far", said), ("left", WaitLines.Told(left))) : said;
    }
}
