using CsvHelper;

namespace TagGuard.Adapters.Csv;

/// <summary>Takes what is read of a CSV file.</summary>
interface IRecords
{
    /// <summary>The names of the columns; empty for an empty file.</summary>
    void Header(IReadOnlyList<string> names);

    /// <summary>One record, which has as many columns as it should. Its bytes are only there until the next one.</summary>
    void Record(CsvReader record);
}
