using TagGuard.Plans;
using TagGuard.Sources;
using TagGuard.Storage;

namespace TagGuard.Adapters.Yaml;

/// <summary>Stands for a connection that has a mistake of its own, so that nobody says
/// that it is missing as well. It never leaves the reader.</summary>
sealed record UnreadConnection : ConnectionPlan, IStorePlan
{
    public static UnreadConnection Instance { get; } = new();

    public override bool HoldsTables => true;

    public override IReadOnlyList<Type> Capabilities => [];

    public override ISource Open(string name, string folder, TimeProvider clock) => throw new NotSupportedException("The plan has mistakes.");

    public IRunStore OpenStore(string folder, TimeProvider clock) => throw new NotSupportedException("The plan has mistakes.");
}
