using TagGuard.Sources;

namespace TagGuard.Application.Trials;

/// <summary>The sources of a plan, each of which is asked the plan's questions in their cheapest form. What they answer is not true; that they
/// answer is.</summary>
/// <param name="sources">The real ones.</param>
/// <param name="ofAnyDate">Whether a table is looked at whatever its partition.</param>
sealed class CheapSources(ISources sources, bool ofAnyDate) : ISources
{
    /// <summary>What the systems could not answer, in the order of asking.</summary>
    public List<SourceException> Faults { get; } = [];

    public T Get<T>(string name) where T : ISource => (T)(ISource)new CheapSource(sources.Get<ISource>(name), ofAnyDate, Faults);

    public Task CloseAsync() => sources.CloseAsync();

    public void Abandon() => sources.Abandon();
}
