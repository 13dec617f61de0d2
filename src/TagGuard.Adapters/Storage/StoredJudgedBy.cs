using System.Globalization;
using System.Text;
using TagGuard.Gates;
using TagGuard.Plans;
using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>What a stage was judged by, beside it in `run_stage`, a line each, with tabs between: `plan /etc/tagguard.yaml`,
/// `check c0ffee 214 user tags`, `shared beef the calendar`, `held_by upstream`.</summary>
/// <remarks>Lines, not JSON: a gate reads them before every step of a pipeline, and its parser would take longer to load than the rest of the answer.
/// No name holds a line break.</remarks>
static class StoredJudgedBy
{
    const string Plan = "plan", Check = "check", Shared = "shared", HeldBy = "held_by";

    /// <summary>The text; null when nothing is known of the stage's definition, so that its gate stays closed.</summary>
    public static string? Of(StageResult stage)
    {
        if (stage.Definition is not { } definition)
            return null;
        var text = new StringBuilder();
        Add(Plan, definition.PlanFile);
        foreach (var check in stage.Checks)
            Add(
                Check,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{definition.Checks.GetValueOrDefault(check.Check, "none")}\t{check.Judgements.Count}\t{check.Check}"));
        foreach (var (name, hash) in definition.Shared)
            Add(Shared, $"{hash}\t{name}");
        foreach (var held in stage.Gate.HeldBy)
            Add(HeldBy, held);
        return text.ToString();

        void Add(string what, string value) => text.Append(what).Append('\t').Append(value.ReplaceLineEndings(" ")).Append('\n');
    }

    /// <summary>What the text says; null when it is damaged, so that its gate stays closed.</summary>
    public static JudgedBy? Read(string stage, string text)
    {
        string? plan = null;
        var (checks, verdicts, shared, held) = (
            new Dictionary<string, string>(),
            new Dictionary<string, int>(),
            new Dictionary<string, string>(),
            new List<string>());
        foreach (var line in text.Split('\n'))
        {
            if (line.Length == 0)
                continue;
            var (what, value) = Cut(line);
            var (hash, name) = Cut(value);
            var (count, check) = Cut(name);
            switch (what)
            {
                case Plan:
                    plan = value;
                    break;
                case Check when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && checks.TryAdd(check, hash):
                    verdicts.Add(check, number);
                    break;
                case Shared when shared.TryAdd(name, hash):
                    break;
                case HeldBy:
                    held.Add(value);
                    break;
                default:
                    return null;
            }
        }
        return plan is null || checks.Count == 0 ? null : new JudgedBy(new StageDefinition(stage, checks, shared, plan), verdicts, held);
    }

    /// <summary>What is before the first tab, and what is behind it.</summary>
    static (string Word, string Behind) Cut(string text)
    {
        var tab = text.IndexOf('\t', StringComparison.Ordinal);
        return tab < 0 ? (text, "") : (text[..tab], text[(tab + 1)..]);
    }
}
