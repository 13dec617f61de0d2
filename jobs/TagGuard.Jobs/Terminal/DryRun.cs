using TagGuard.Application;
using TagGuard.Measurements;

namespace TagGuard.Jobs.Terminal;

/// <summary>`--dry-run`: every question that would be asked, with the date filled in, on stdout. Touches no system, the store neither.</summary>
static class DryRun
{
    public static ExitCode Write(PlanSession session, string verb, DateOnly date, IReadOnlyList<string> stages)
    {
        var checks = session
            .Plan.StageList.Where(stage => stages.Contains(stage.Name))
            .SelectMany(stage => stage.Checks.Select(check => (Stage: stage.Name, Check: check)))
            .ToList();
        foreach (var (stage, check) in checks)
        {
            Console.Out.WriteLine(ErrorConsole.Shown($"{stage}: {check.Name} ({Measures.KindOf(check.Measure)})"));
            foreach (var note in check.Measure.Notes)
                Console.Out.WriteLine(ErrorConsole.Shown($"  ({note})"));
            foreach (var question in check.Measure.Questions(date, session.Sources))
            {
                var lines = question.Text.Trim().ReplaceLineEndings("\n").Split('\n');
                Console.Out.WriteLine($"  {ErrorConsole.Shown($"{question.Connection}: {lines[0]}")}");
                foreach (var line in lines.Skip(1))
                    Console.Out.WriteLine($"    {ErrorConsole.Shown(line)}");
            }
        }
        return ResultLine.Write(verb, ExitCode.Open, line =>
        {
            line["plan"] = session.Plan.Name;
            line["date"] = date.ToString("yyyy-MM-dd");
            line["dry_run"] = true;
            line["checks"] = checks.Count;
        });
    }
}
