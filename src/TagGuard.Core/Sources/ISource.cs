namespace TagGuard.Sources;

/// <summary>A system that is asked: a warehouse, a database, a file system.</summary>
/// <remarks>
/// What it can be asked is said by the capabilities it implements:
/// <see cref="ICountSource"/>, <see cref="IVolumeSource"/>, <see cref="IRowsSource"/>,
/// <see cref="IPathSource"/>, <see cref="IJsonSource"/>, <see cref="IKeyedSource"/>, <see cref="IExportSource"/>,
/// <see cref="IFooterSource"/>, <see cref="IStatisticsSource"/>, <see cref="IScanSource"/>,
/// <see cref="ITriedSource"/>.
/// Every method throws <see cref="SourceException"/> when the system does not answer or answers with an error,
/// and <see cref="OperationCanceledException"/> when the caller gives up; the measurer alone
/// turns a <see cref="SourceException"/> into a missed measurement.
/// </remarks>
public interface ISource : IAsyncDisposable
{
    /// <summary>The connection's name in the plan.</summary>
    string Name { get; }

    /// <summary>Reaches the system and says in one line what was found, for `tagguard doctor`.</summary>
    Task<string> ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>The sources of a plan, by name.</summary>
public interface ISources
{
    /// <summary>The source of this name with this capability. The plan reader made sure that it has it.</summary>
    T Get<T>(string name) where T : ISource;

    /// <summary>Lets go of every source; the next question opens it again.</summary>
    Task CloseAsync();

    /// <summary>Leaves every source as it is, not even closed, because one does not answer; the next question opens it again.</summary>
    void Abandon();
}
