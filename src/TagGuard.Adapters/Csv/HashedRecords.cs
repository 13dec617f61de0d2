using CsvHelper;
using TagGuard.Adapters.Sources;
using TagGuard.Facts;
using TagGuard.Sources;

namespace TagGuard.Adapters.Csv;

/// <summary>Records of a CSV file as rows that are hashed by their key. Every value is the text that stands there; an empty one is an empty text, for
/// CSV knows no NULL.</summary>
/// <param name="key">The column that tells the rows apart.</param>
/// <param name="columns">Those that are compared beside it.</param>
/// <param name="take">Takes each row.</param>
sealed class HashedRecords(string key, IReadOnlyList<string> columns, Action<KeyedRow> take) : IRecords
{
    readonly RowHash _hash = new();
    int _key;
    int[] _columns = [];

    public static string Question(KeyedPart part) => $"hashed by {string.Join(", ", part.Columns.Prepend(part.Key))}";

    /// <exception cref="FormatException">A column is not there; the message is a sentence.</exception>
    public void Header(IReadOnlyList<string> names)
    {
        _key = IndexOf(key);
        _columns = [.. columns.Select(IndexOf)];

        int IndexOf(string column)
        {
            if (SqlField.IsSql(column))
                throw new FormatException($"`{column}` is SQL, and a file knows none: name a column of its header. {Measurement.Missed.PlanCure}");
            var at = names.Index().Where(name => name.Item == column).Select(name => name.Index).DefaultIfEmpty(-1).First();
            return at >= 0
                ? at
                : throw new FormatException(
                    $"It has no column {column}, but {(names.Count == 0 ? "no header" : string.Join(", ", names))}. {Measurement.Missed.PlanCure}");
        }
    }

    public void Record(CsvReader record)
    {
        _hash.Begin();
        var text = record.GetSpan(_key).ToArray();
        _hash.Add(text);
        foreach (var column in _columns)
            _hash.Add(record.GetSpan(column));
        take(new KeyedRow(text, _hash.Check()));
    }

    /// <summary>The order in which rows are told.</summary>
    public static int InOrder(KeyedRow one, KeyedRow other) => one.Key.AsSpan().SequenceCompareTo(other.Key);
}
