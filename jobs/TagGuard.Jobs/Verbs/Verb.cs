using System.CommandLine;

namespace TagGuard.Jobs.Verbs;

/// <summary>Every verb of the program. A new one is a file in this folder, and its line here.</summary>
static class Verb
{
    public static IEnumerable<Command> All(TimeProvider clock) =>
    [
        RunVerb.Create(clock),
        StageVerb.Create("upstream", "May the tags start? Judges the stage `upstream`.", clock),
        StageVerb.Create("tags", "Are today's tags right? Judges the stage `tags`.", clock),
        StageVerb.Create("crowds", "Are today's crowds right? Judges the stage `crowds`.", clock),
        StageVerb.Create("reconcile", "Did everything arrive? Judges the stage `sync`.", clock, stage: "sync"),
        GateVerb.Create(clock),
        ReportVerb.Create(clock),
        BackfillVerb.Create(clock),
        ExplainVerb.Create(clock),
        InitVerb.Create(clock),
        DoctorVerb.Create(clock),
        DemoVerb.Create(clock),
    ];
}
