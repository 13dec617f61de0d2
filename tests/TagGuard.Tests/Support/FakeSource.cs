using System.Text.Json;
using TagGuard.Measurements;
using TagGuard.Sources;

namespace TagGuard.Tests.Support;

/// <summary>A source that answers what a test gives it, or fails as it says.</summary>
sealed class FakeSource : ICountSource, IRowsSource, IPathSource, IVolumeSource, IJsonSource, IExportSource, ISources
{
    public string Name => "fake";

    public Func<TablePart, CancellationToken, Task<long>> Count { get; set; } = (_, _) => Task.FromResult(0L);

    public RowsAnswer Answer { get; set; } = new(0, null, "");

    /// <summary>What each query answers.</summary>
    public Func<string, RowsAnswer>? Rows { get; set; }

    public Func<RowMatch, Task<long>> Match { get; set; } = _ => Task.FromResult(0L);

    public string Json { get; set; } = "{}";

    public PathInfo? Found { get; set; }

    /// <summary>What lies in each folder.</summary>
    public Dictionary<string, PathInfo[]> Folders { get; } = [];

    /// <summary>What the system itself counts in a folder.</summary>
    public Func<FolderContent?> Content { get; set; } = () => null;

    public Volumes? Volumes { get; set; }

    public ExportFacts? Export { get; set; }

    public VolumeQuery? Asked { get; private set; }

    public static SourceException Fault(bool isAbsent = false) => new("fake", "nowhere", "It is down.", "select 1") { IsAbsent = isAbsent };

    public MeasureContext Context(TimeProvider? clock = null) => new(Some.Check, Some.Day, this, clock ?? new FixedClock(Some.Now));

    public async Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken) =>
        new(await Count(part, cancellationToken), part.ToString());

    public Task<RowsAnswer> RowsAsync(string sql, DateOnly date, CancellationToken cancellationToken) =>
        Task.FromResult(Rows is null ? Answer : Rows(sql));

    public async Task<Counted> MatchAsync(RowMatch match, CancellationToken cancellationToken) => new(await Match(match), Question(match));

    public Task<JsonAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        Task.FromResult(new JsonAnswer(JsonDocument.Parse(Json).RootElement, path));

    public string Question(TablePart part) => part.ToString();

    public string Question(string sql, DateOnly date) => sql;

    public string Question(RowMatch match) =>
        $"{match.Table}: {string.Join(", ", match.Columns.Select(column => $"{column.Column} {column.Comparison} {column.Value}"))}";

    public string Question(string path) => path;

    public string Question(VolumeQuery query) => query.ToString();

    public Task<PathInfo?> FindAsync(string path, CancellationToken cancellationToken) => Task.FromResult(Found);

    public Task<IReadOnlyList<PathInfo>?> ListAsync(string folder, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PathInfo>?>(Folders.GetValueOrDefault(folder));

    public Task<FolderContent?> ContentAsync(string folder, CancellationToken cancellationToken) => Task.FromResult(Content());

    public Task<Volumes> CountVolumesAsync(VolumeQuery query, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        Asked = query;
        return Task.FromResult(Volumes!);
    }

    public Task<ExportFacts> ReadExportAsync(ExportQuery query, IProgress<long>? progress, CancellationToken cancellationToken) =>
        Task.FromResult(Export!);

    public Task<string> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult("well");

    public T Get<T>(string name) where T : ISource => (T)(ISource)this;

    public int Closed { get; private set; }

    public int Abandoned { get; private set; }

    public void Abandon() => Abandoned++;

    public Task CloseAsync()
    {
        Closed++;
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
