using System.Globalization;
using TagGuard.Gates;
using TagGuard.Keys;
using TagGuard.Rendering;
using TagGuard.Reports;

namespace TagGuard.Application;

/// <summary>The folder of a plan's reports: which days it has, and how they lead to one another.</summary>
/// <param name="session">The plan.</param>
public sealed class ReportFolder(PlanSession session)
{
    const string Suffix = ".html";

    /// <summary>Mornings beside each stage of a report: with today, two weeks.</summary>
    const int MorningsOfReport = 13;

    /// <summary>Days of the page of all reports that show their gates; of older ones there is only a link.</summary>
    const int MorningsOfIndex = 92;

    readonly string _name = InsideFolder.FileName(session.Plan.Name);

    public string Folder { get; } = Path.Combine(session.Folder, "reports");

    /// <summary>The page that lists them all.</summary>
    public string IndexFile => Path.Combine(Folder, _name + Suffix);

    public string FileOf(DateOnly date) => Path.Combine(Folder, NameOf(date));

    /// <summary>The days that have a report, in order.</summary>
    public IReadOnlyList<DateOnly> Dates() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFiles(Folder, _name + "-*" + Suffix).Select(DateOf).OfType<DateOnly>().Order()]
        : [];

    /// <summary>Where a page leads.</summary>
    /// <param name="file">The page.</param>
    /// <param name="date">Its date.</param>
    /// <param name="log">The log of the run; may be null.</param>
    public ReportLinks LinksOf(string file, DateOnly date, string? log)
    {
        var dates = Dates();
        return new ReportLinks
        {
            Index = Href(file, IndexFile),
            Before = Link(dates.Where(other => other < date).Select(other => (DateOnly?)other).LastOrDefault()),
            After = Link(dates.Where(other => other > date).Select(other => (DateOnly?)other).FirstOrDefault()),
            Log = log is null ? null : Href(file, log),
        };

        (DateOnly, string)? Link(DateOnly? other) => other is { } known ? (known, Href(file, FileOf(known))) : null;
    }

    /// <summary>The gates of the mornings before a date, oldest first.</summary>
    /// <param name="file">The page that shows them, from which their reports are linked; null for one that leads nowhere.</param>
    /// <param name="date">The date.</param>
    /// <param name="cancellationToken">Gives up reading.</param>
    public Task<IReadOnlyList<Morning>> MorningsBeforeAsync(string? file, DateOnly date, CancellationToken cancellationToken) =>
        MorningsAsync(file, [.. Enumerable.Range(1, MorningsOfReport).Reverse().Select(back => date.AddDays(-back))], cancellationToken);

    /// <summary>Lets the report before a new one lead to it, and writes the page of all reports.</summary>
    public async Task AddAsync(DateOnly date, CancellationToken cancellationToken)
    {
        if (Dates().Where(other => other < date).Select(other => (DateOnly?)other).LastOrDefault() is { } before)
            await LeadOnAsync(FileOf(before), date, cancellationToken);
        await WriteIndexAsync(cancellationToken);
    }

    async Task WriteIndexAsync(CancellationToken cancellationToken)
    {
        var dates = Dates();
        var mornings = await MorningsAsync(IndexFile, [.. dates.TakeLast(MorningsOfIndex)], cancellationToken);
        var older = dates.SkipLast(MorningsOfIndex).Select(other => new Morning(other, new Dictionary<string, GateStanding>(), NameOf(other)));
        var options = new ReportOptions { MadeAt = session.Clock.GetUtcNow(), Zone = session.Plan.Timezone, Language = session.Language };
        var page = IndexPage.Render(session.Plan.Name, [.. session.Plan.Stages.Keys], mornings, [.. older], options);
        await WholeFile.WriteAsync(IndexFile, page, cancellationToken);
    }

    /// <summary>Deletes the reports before a date; gives how many.</summary>
    public async Task<int> PruneAsync(DateOnly before, bool isTrial, CancellationToken cancellationToken)
    {
        var old = Dates().Where(date => date < before).ToList();
        if (isTrial || old.Count == 0)
            return old.Count;
        foreach (var date in old)
            File.Delete(FileOf(date));
        await WriteIndexAsync(cancellationToken);
        return old.Count;
    }

    async Task LeadOnAsync(string file, DateOnly date, CancellationToken cancellationToken)
    {
        var page = await File.ReadAllTextAsync(file, cancellationToken);
        var led = DutyReport.LeadingOn(page, date, NameOf(date), session.Language);
        if (led != page)
            await WholeFile.WriteAsync(file, led, cancellationToken);
    }

    async Task<IReadOnlyList<Morning>> MorningsAsync(string? file, IReadOnlyList<DateOnly> dates, CancellationToken cancellationToken)
    {
        var mornings = new List<Morning>();
        foreach (var date in dates)
        {
            var gates = await session.Store.GatesAsync(session.Plan.Name, date, cancellationToken);
            var report = file is not null && File.Exists(FileOf(date)) ? Href(file, FileOf(date)) : null;
            mornings.Add(new Morning(date, gates.ToDictionary(gate => gate.Key, gate => Gatekeeper.AsDecided(gate.Value)), report));
        }
        return mornings;
    }

    string NameOf(DateOnly date) => $"{_name}-{date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{Suffix}";

    DateOnly? DateOf(string file)
    {
        var name = Path.GetFileName(file);
        return DateOnly.TryParseExact(
            name[(_name.Length + 1)..^Suffix.Length], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }

    /// <summary>A link from one file to another: it holds when the folder is copied, or served.</summary>
    static string Href(string from, string to) => string.Join('/', Path
        .GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(from))!, Path.GetFullPath(to)).Split(Path.DirectorySeparatorChar)
        .Select(Uri.EscapeDataString));
}
