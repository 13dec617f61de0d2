using System.CommandLine;
using TagGuard.Application;

namespace TagGuard.Jobs.Options;

/// <summary>`--stage`: some stages of the plan in place of all. A stage before them that is not open for the date holds them, whether it is run or
/// not.</summary>
sealed class StagesOption
{
    readonly Option<string[]> _stages = new("--stage")
    {
        Description = "Only this stage; may be given several times. One before it that is not open holds it. Default: every stage.",
    };

    public void AddTo(Command command) => command.Options.Add(_stages);

    /// <summary>The stages that are meant, in the plan's order.</summary>
    /// <exception cref="UsageException">The plan has not got one of them.</exception>
    public IReadOnlyList<string> Of(ParseResult parsed, PlanSession session)
    {
        var (all, asked) = (session.Plan.Stages.Keys, parsed.GetValue(_stages) ?? []);
        foreach (var stage in asked)
            Known(session, stage);
        return [.. asked.Length == 0 ? all : all.Where(asked.Contains)];
    }

    /// <summary>The name, if the plan has such a stage.</summary>
    /// <exception cref="UsageException">It has not.</exception>
    public static string Known(PlanSession session, string stage) => session.Plan.Stages.ContainsKey(stage)
        ? stage
        : throw new UsageException($"The plan has no stage `{stage}`; it has {string.Join(", ", session.Plan.Stages.Keys)}. Choose one with "
            + "--stage.");
}
