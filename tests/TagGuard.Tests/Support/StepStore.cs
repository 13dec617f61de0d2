using System.Reflection;
using System.Runtime.ExceptionServices;
using TagGuard.Storage;

namespace TagGuard.Tests.Support;

/// <summary>A store that notes what is asked of it, in order, and fails where a test says.</summary>
public class StepStore : DispatchProxy
{
    IRunStore _store = null!;
    Action<string> _step = null!;

    /// <param name="store">The store that answers.</param>
    /// <param name="step">Told each step before it is made; what it throws is what the step meets.</param>
    internal static IRunStore Over(IRunStore store, Action<string> step)
    {
        var steps = Create<IRunStore, StepStore>();
        ((StepStore)(object)steps)._store = store;
        ((StepStore)(object)steps)._step = step;
        return steps;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _step(targetMethod!.Name.Replace("Async", "", StringComparison.Ordinal).ToLowerInvariant());
        try
        {
            return targetMethod.Invoke(_store, args);
        }
        catch (TargetInvocationException fault)
        {
            ExceptionDispatchInfo.Throw(fault.InnerException!);
            throw;
        }
    }
}
