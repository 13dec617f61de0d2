using TagGuard.Plans;
using TagGuard.Sources;

namespace TagGuard.Application;

/// <summary>The systems of a plan, each opened when it is first asked.</summary>
/// <param name="plan">The plan.</param>
/// <param name="folder">The folder of the plan.</param>
/// <param name="clock">The clock.</param>
public sealed class PlanSources(Plan plan, string folder, TimeProvider clock) : ISources, IAsyncDisposable
{
    readonly Dictionary<string, ISource> _sources = [];

    /// <summary>Called when a system that does not answer is left behind: the process must then end without cleaning up below it.</summary>
    public Action Abandoned { get; init; } = () => { };

    public T Get<T>(string name) where T : ISource
    {
        if (!_sources.TryGetValue(name, out var source))
            _sources[name] = source = plan.Connections[name].Open(name, folder, clock);
        return (T)source;
    }

    public async Task CloseAsync()
    {
        foreach (var source in _sources.Values)
            await source.DisposeAsync();
        _sources.Clear();
    }

    public void Abandon()
    {
        _sources.Clear();
        Abandoned();
    }

    public async ValueTask DisposeAsync() => await CloseAsync();
}
