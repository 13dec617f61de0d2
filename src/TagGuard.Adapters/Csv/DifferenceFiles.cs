using CsvHelper;
using TagGuard.Deliveries;
using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Adapters.Csv;

/// <summary>Keys that differ as CSV (RFC 4180) with the columns difference and key; a file appears whole or not at all.</summary>
/// <param name="folder">The plan's folder.</param>
public sealed class DifferenceFiles(string folder) : IDelivery
{
    public string Name => "The file of differing keys";

    public async Task StageSavedAsync(DateOnly date, StageResult stage, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var differences in stage.Checks.Select(check => check.Differences).OfType<DifferenceFile>())
        {
            try
            {
                await WriteAsync(differences.Path, differences.Keys, cancellationToken);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                faults.Add($"{differences.Path} could not be written: {fault.Message}");
            }
        }
        if (faults.Count > 0)
            throw new IOException(string.Join(" ", faults));
    }

    /// <summary>Writes a file, in place of an earlier one.</summary>
    /// <param name="path">Relative to the plan's folder.</param>
    /// <param name="differences">What is written.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It cannot be written; so for <see cref="UnauthorizedAccessException"/>.</exception>
    public async Task WriteAsync(string path, IReadOnlyList<Difference> differences, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(path, folder);
        if (!file.StartsWith(Path.GetFullPath(folder).TrimEnd('/') + '/', StringComparison.Ordinal))
            throw new IOException($"{path} is not in the plan's folder {folder}.");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var half = file + ".half";
        await using (var csv = CsvWriter.Create(File.Create(half), new CsvWriterOptions(), leaveOpen: false))
        {
            Row(csv, "difference", "key");
            foreach (var difference in differences)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Row(csv, Words(difference.Kind), difference.Key);
            }
        }
        cancellationToken.ThrowIfCancellationRequested();
        File.Move(half, file, overwrite: true);
    }

    static void Row(CsvWriter csv, string difference, string key)
    {
        csv.WriteField(difference);
        csv.WriteField(key);
        csv.EndRecord();
    }

    static string Words(DifferenceKind kind) => kind switch
    {
        DifferenceKind.MissingThere => "missing there",
        DifferenceKind.ExtraThere => "extra there",
        _ => "different",
    };
}
