using System.Globalization;
using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Jobs.Terminal;

/// <summary>What is waited for, as lines; told again when it changes.</summary>
sealed class WaitLines
{
    IReadOnlySet<SeriesId> _told = new HashSet<SeriesId>();

    public static string Of(string check, AskedAgain again) => string.Create(
        CultureInfo.InvariantCulture, $"  {check}: {again.Fault.SourceName} did not answer ({again.Fault.Message}), trying again in {again.After.TotalSeconds:0.#} s ({again.Try} of {again.Of})");

    public IEnumerable<string> OfChange(IReadOnlyList<Judgement> missing, TimeSpan left)
    {
        var now = missing.Select(one => one.Series).ToHashSet();
        if (now.SetEquals(_told))
            yield break;
        _told = now;
        yield return $"waiting for {missing.Count}, at most {Told(left)} more:";
        foreach (var one in missing)
            yield return $"  {one.Series}: {one.Sentence}";
    }

    /// <summary>"1 h 05 min", "4 min 30 s", "12 s".</summary>
    public static string Told(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } => $"{(int)time.TotalHours} h {time.Minutes:00} min",
        { TotalMinutes: >= 1 } => $"{time.Minutes} min {time.Seconds:00} s",
        _ => $"{Math.Ceiling(time.TotalSeconds):0} s",
    };
}
