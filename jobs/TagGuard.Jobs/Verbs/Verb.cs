using System.CommandLine;

namespace TagGuard.Jobs.Verbs;

/// <summary>Every verb of the program. A new one is a file in this folder, and its line here.</summary>
static class Verb
{
    public static IReadOnlyDictionary<string, Func<TimeProvider, Command>> All { get; } = new Dictionary<string, Func<TimeProvider, Command>>
    {
        ["run"] = RunVerb.Create,
        ["upstream"] = clock => StageVerb.Create("upstream", "May the tags start? Judges the stage `upstream`; waits for it with "
            + "--wait.", clock, waitsForStage: true),
        ["tags"] = clock => StageVerb.Create("tags", "Are today's tags right? Judges the stage `tags`.", clock),
        ["crowds"] = clock => StageVerb.Create("crowds", "Are today's crowds right? Judges the stage `crowds`.", clock),
        ["reconcile"] = clock => StageVerb.Create("reconcile", "Did everything arrive? Judges the stage `sync`.", clock, stage: "sync"),
        ["gate"] = GateVerb.Create,
        ["report"] = ReportVerb.Create,
        ["outbox"] = OutboxVerb.Create,
        ["watch"] = WatchVerb.Create,
        ["backfill"] = BackfillVerb.Create,
        ["explain"] = ExplainVerb.Create,
        ["replay"] = ReplayVerb.Create,
        ["prove"] = ProveVerb.Create,
        ["accept"] = DecideVerb.Accept,
        ["reject"] = DecideVerb.Reject,
        ["prune"] = PruneVerb.Create,
        ["init"] = InitVerb.Create,
        ["doctor"] = DoctorVerb.Create,
        ["demo"] = DemoVerb.Create,
    };

    /// <summary>The verb that a command line begins with, alone (making all of them would double the start of `gate`); else all of them.</summary>
    public static IEnumerable<Command> For(string[] args, TimeProvider clock) =>
        args.Length > 0 && All.TryGetValue(args[0], out var create) ? [create(clock)] : All.Values.Select(each => each(clock));
}
