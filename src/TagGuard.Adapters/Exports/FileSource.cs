using TagGuard.Adapters.Csv;
using TagGuard.Adapters.Sources;
using TagGuard.Sources;

namespace TagGuard.Adapters.Exports;

/// <summary>A folder of files, wherever it is: what lies in it, and what stands in the CSV files among it.</summary>
/// <remarks>A file is read where it is on this machine's disk; one of another machine is copied there first, whole or not at all.</remarks>
abstract class FileSource : IPathSource, IExportSource, ITriedSource, IKeyedSource
{
    public abstract string Name { get; }

    /// <summary>Where it is, without secrets, for messages.</summary>
    public abstract string Address { get; }

    public abstract Task<string> ProbeAsync(CancellationToken cancellationToken);

    public abstract Task<PathInfo?> FindAsync(string path, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<PathInfo>?> ListAsync(string folder, CancellationToken cancellationToken);

    public abstract string Question(string path);

    public abstract ValueTask DisposeAsync();

    /// <summary>A file of this machine that is this one; null when it changed meanwhile.</summary>
    /// <exception cref="SourceException">It cannot be read.</exception>
    protected abstract Task<string?> LocalAsync(PathInfo file, CancellationToken cancellationToken);

    public Task<ExportFacts> ReadExportAsync(ExportQuery query, IProgress<long>? progress, CancellationToken cancellationToken) =>
        ReadAsync(query, null, progress, cancellationToken);

    public string Question(TablePart part) => $"{Question(part.Table)}, its records";

    public async Task<Counted> CountAsync(TablePart part, CancellationToken cancellationToken) =>
        new((await ReadSoundAsync(part, null, cancellationToken)).Rows, Question(part));

    public async Task TryAsync(TablePart part, CancellationToken cancellationToken) => await FileAsync(part.Table, cancellationToken);

    public string Question(KeyedPart part, int buckets) => $"{Question(part.Part)}, {HashedRecords.Question(part)}, in {buckets} buckets";

    public async Task<Buckets> BucketsAsync(KeyedPart part, int buckets, CancellationToken cancellationToken)
    {
        var all = new Bucket[buckets];
        await ReadSoundAsync(part.Part, Hashed(part, row => RowHash.AddTo(all, row)), cancellationToken);
        return new Buckets(all, Question(part, buckets));
    }

    public async Task<KeyedRows> RowsAsync(KeyedPart part, BucketChoice choice, CancellationToken cancellationToken)
    {
        var (isChosen, rows) = (RowHash.Chosen(choice), new List<KeyedRow>());
        await ReadSoundAsync(part.Part, Hashed(part, Take), cancellationToken);
        rows.Sort(HashedRecords.InOrder);
        return new KeyedRows(rows.ToAsyncEnumerable(), $"{Question(part, choice.Of)}, of which {choice.Chosen.Count}");

        void Take(KeyedRow row)
        {
            if (isChosen[RowHash.BucketOf(row.Key, isChosen.Length)])
                rows.Add(row);
        }
    }

    static HashedRecords Hashed(KeyedPart part, Action<KeyedRow> take) => new(part.Key, part.Columns, take);

    /// <summary>A file of which every record counts: one that is not sound has no number of rows.</summary>
    async Task<ExportFacts> ReadSoundAsync(TablePart part, IRecords? records, CancellationToken cancellationToken)
    {
        var facts = await ReadAsync(new ExportQuery(part.Table, part.Csv ?? CsvForm.Usual, null, null), records, null, cancellationToken);
        if (!facts.IsSettled)
            throw Fault($"{part.Table} is being written: it changed while it was read.", part.Table, isTransient: true);
        if (facts.Header.Count == 0)
            throw Fault($"{part.Table} is empty, without a header. Have it exported again.", part.Table);
        return new[] { facts.Malformed, facts.Encoding, facts.Checksum }.FirstOrDefault(flaws => flaws.Total > 0) is { } unsound
            ? throw Fault(
                $"{part.Table} is not sound, so its rows are not counted: {string.Join("; ", unsound.First.Take(3))}. Have it exported again, or "
                    + "correct `csv`.",
                part.Table)
            : facts;
    }

    async Task<ExportFacts> ReadAsync(ExportQuery query, IRecords? records, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var file = await FileAsync(query.Path, cancellationToken);
            if (await LocalAsync(file, cancellationToken) is not { } local)
                return Unsettled(file);
            var facts = await Task.Run(() => new ExportReader(query, records).Read(local, progress, cancellationToken), cancellationToken);
            var checksum = await new ChecksumFile(this).WrongAsync(query, local, cancellationToken);
            return facts with
            {
                Checksum = checksum,
                Modified = file.Modified,
                IsSettled = facts.IsSettled && await FindAsync(query.Path, cancellationToken) == file,
            };
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException or FormatException)
        {
            throw Fault(fault.Message, query.Path, fault);
        }
    }

    static ExportFacts Unsettled(PathInfo file) =>
        new([], 0, new(0, []), new(0, []), new(0, []), file.Modified, IsSettled: false);

    /// <summary>A file that is there.</summary>
    async Task<PathInfo> FileAsync(string path, CancellationToken cancellationToken) => await FindAsync(path, cancellationToken) switch
    {
        null => throw Fault($"{path} is not there.", path, isAbsent: true),
        { IsFolder: true } => throw Fault($"{path} is a folder, and a file is wanted. Correct `file` or `table`.", path),
        var file => file,
    };

    /// <summary>What a small file holds, such as one with a checksum; null when it is not there, or is a folder.</summary>
    /// <exception cref="SourceException">It cannot be read, or is large or changes.</exception>
    public async Task<string?> TextAsync(string path, CancellationToken cancellationToken)
    {
        const int Most = 1 << 16;
        if (await FindAsync(path, cancellationToken) is not { IsFolder: false } file)
            return null;
        if (file.Bytes > Most)
            throw Fault($"{path} has {file.Bytes} bytes, and is no file with a checksum. Correct `checksum`.", path);
        return await LocalAsync(file, cancellationToken) is { } local
            ? await File.ReadAllTextAsync(local, cancellationToken)
            : throw Fault($"{path} is being written: it changed while it was read.", path, isTransient: true);
    }

    public SourceException Fault(string message, string path, Exception? inner = null, bool isTransient = false, bool isAbsent = false) =>
        new(Name, Address, message, Question(path), inner) { IsTransient = isTransient, IsAbsent = isAbsent };
}
