using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Jobs.Terminal;

/// <summary>What is waited for, as lines; told again when it changes.</summary>
sealed class WaitLines
{
    IReadOnlySet<SeriesId> _told = new HashSet<SeriesId>();

    public static string Of(string check, AskedAgain again) => "  " + Spoken.Say(
        "console.asked_again",
        ("check", check),
        ("source", again.Fault.SourceName),
        ("fault", again.Fault.Message),
        ("seconds", Math.Round(again.After.TotalSeconds, 1)),
        ("try", again.Try),
        ("of", again.Of));

    public IEnumerable<string> OfChange(IReadOnlyList<Judgement> missing, TimeSpan left)
    {
        var now = missing.Select(one => one.Series).ToHashSet();
        if (now.SetEquals(_told))
            yield break;
        _told = now;
        yield return Spoken.Say("console.waiting", ("count", missing.Count), ("left", Told(left)));
        foreach (var one in missing)
            yield return $"  {one.Series}: {Spoken.Book.Say(one.Said)}";
    }

    /// <summary>"1 h 05 min", "4 min 30 s", "12 s".</summary>
    public static string Told(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } => Spoken.Say("console.hours", ("hours", (int)time.TotalHours), ("minutes", $"{time.Minutes:00}")),
        { TotalMinutes: >= 1 } => Spoken.Say("console.minutes", ("minutes", time.Minutes), ("seconds", $"{time.Seconds:00}")),
        _ => Spoken.Say("console.seconds", ("seconds", Math.Ceiling(time.TotalSeconds))),
    };
}
