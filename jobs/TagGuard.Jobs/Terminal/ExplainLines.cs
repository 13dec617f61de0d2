using System.Globalization;
using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Storage;

namespace TagGuard.Jobs.Terminal;

/// <summary>A verdict with its rule, inputs and history, as lines on stdout.</summary>
static class ExplainLines
{
    /// <summary>Days that are listed one by one at most.</summary>
    const int MostDays = 6;

    /// <summary>How a check was measured, and how long it took.</summary>
    public static void Write(StoredCheck check)
    {
        var seconds = check.Took.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        Line(Spoken.Say("explain.measured", ("check", check.Name), ("kind", check.Kind), ("seconds", seconds)));
        foreach (var line in check.Asked.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Indented(Spoken.Say("explain.asked", ("question", line)));
        Console.Out.WriteLine();
    }

    public static void Write(StoredJudgement verdict, StoredDay day)
    {
        var judgement = verdict.Judgement;
        Line(Spoken.Say(
            verdict.Id > 0 ? "explain.verdict" : "explain.passed",
            ("verdict", Spoken.Book.Word(judgement.Verdict)),
            ("finding", Spoken.Book.Word(judgement.Finding)),
            ("series", (judgement.Series with { Key = day.NameOf(judgement.Series) }).ToString()),
            ("id", verdict.Id > 0 ? Id(verdict.Id) : null),
            ("run", Id(verdict.RunId)),
            ("stage", verdict.Stage)));
        Indented(Spoken.Book.Say(judgement.Said));
        Indented(Spoken.Say(
            judgement.Blocking ? "explain.rule" : "explain.rule_unblocking",
            ("rule", judgement.Rule),
            ("value", Number(judgement.Value)),
            ("expected", Number(judgement.Expected)),
            ("low", Number(judgement.Low)),
            ("high", Number(judgement.High))));
        var used = judgement.Used.Select(day => string.Create(CultureInfo.InvariantCulture, $"{day.Date:MM-dd} {day.Value:0.##}"));
        if (judgement.Used.Count > 0)
            Indented(Spoken.Say("explain.used", ("days", string.Join(", ", used))));
    }

    /// <summary>How the expected value came about, and how far off the value is.</summary>
    public static void Write(Decomposition parts, Judgement judgement, IReadOnlyList<Day> days)
    {
        Indented(
            Spoken.Say(
                parts.SeasonFactor == 1 ? "explain.own_past" : "explain.own_past_season",
                ("value", Number(parts.OwnPast)),
                ("change", Change(parts.SeasonFactor))));
        if (parts.CommonFactor != 1)
            Indented(Spoken.Say("explain.common", ("change", Change(parts.CommonFactor)), ("expected", Number(judgement.Expected))));
        if (parts is { Noise: double noise, Score: double score })
        {
            var moved = (Math.Max(judgement.Value ?? 0, 0) + 0.5) / ((judgement.Expected ?? 0) + 0.5);
            Indented(Spoken.Say(
                "explain.noise",
                ("noise", Short(noise * 100)),
                ("change", Change(moved)),
                ("times", Short(Math.Abs(Math.Log(moved)) / noise)),
                ("score", Short(score)),
                ("tell", Short(parts.TellScore)),
                ("fail", Short(parts.FailScore))));
        }
        Indented(Spoken.Say("explain.unreported", ("low", Number(parts.TellLow)), ("high", Number(parts.TellHigh))));
        foreach (var same in days.GroupBy(day => day.State).OrderBy(same => same.Key))
            Indented(Spoken.Say("explain.days", ("state", Spoken.Book.Word(same.Key)), ("days", Dates([.. same]))));
    }

    /// <summary>What came out when it was judged again.</summary>
    public static void Write(Phrase again)
    {
        Indented(Spoken.Say("explain.again", ("result", again)));
        Console.Out.WriteLine();
    }

    /// <summary>How many more verdicts there are, and how they are shown.</summary>
    public static void WriteMore(int more, string about, DateOnly date) =>
        Line(Spoken.Say("explain.more", ("count", more), ("command", $"tagguard explain \"{about}\" --date {date:yyyy-MM-dd} --all")));

    static void Indented(string line) => Line($"  {line}");

    static void Line(string line) => Console.Out.WriteLine(ErrorConsole.Shown(line));

    static string Dates(IReadOnlyList<Day> days) => days.Count <= MostDays
        ? string.Join(", ", days.Select(day => $"{day.Date:yyyy-MM-dd} ({Number(day.Value)})"))
        : Spoken.Say("explain.days_span", ("count", days.Count), ("first", days[0].Date), ("last", days[^1].Date));

    static string Change(double factor) => ((factor - 1) * 100).ToString("+0.#;-0.#;0", CultureInfo.InvariantCulture) + "%";

    static string Number(double? value) => value?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? Spoken.Say("explain.none");

    static string Short(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    // It names a row, so it has no thousands separator.
    static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
