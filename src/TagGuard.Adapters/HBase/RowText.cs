using System.Text;
using TagGuard.Adapters.Sources;
using TagGuard.Sources;

namespace TagGuard.Adapters.HBase;

/// <summary>A row as <see cref="IKeyedSource"/> hashes it: the text of its key, then of the columns that are compared; a column that it has not got
/// is NULL, and what one holds is taken for text.</summary>
sealed class RowText
{
    /// <summary>Row: key 1, values 2. Cell: column 2, timestamp 3, data 4.</summary>
    const int Values = 2 << 3 | Wire.Bytes, Column = 2 << 3 | Wire.Bytes, Timestamp = 3 << 3 | Wire.Number, Data = 4 << 3 | Wire.Bytes;

    readonly KeyText _key;
    readonly byte[][] _columns;
    readonly (int Start, int Length)[] _found;
    readonly RowHash _hash = new();

    public RowText(KeyText key, IEnumerable<string> columns)
    {
        _key = key;
        _columns = [.. columns.Select(Encoding.UTF8.GetBytes)];
        _found = new (int, int)[_columns.Length];
    }

    /// <summary>The key's text, its check, and when the newest of its cells was written, in milliseconds.</summary>
    public KeyedRow Of(ReadOnlySpan<byte> rowKey, ReadOnlySpan<byte> row)
    {
        var key = _key.Of(rowKey);
        var written = Find(row);
        _hash.Begin();
        _hash.Add(key);
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_found[i].Start < 0)
                _hash.AddNull();
            else
                _hash.Add(row.Slice(_found[i].Start, _found[i].Length));
        }
        return new KeyedRow(key, _hash.Check()) { Written = written };
    }

    long Find(ReadOnlySpan<byte> row)
    {
        Array.Fill(_found, (-1, 0));
        var newest = 0L;
        for (var at = 0; at < row.Length;)
        {
            var tag = Wire.Tag(row, ref at);
            if (tag != Values)
            {
                Wire.Skip(row, tag, ref at);
                continue;
            }
            var cell = Wire.Taken(row, ref at);
            newest = Math.Max(newest, Take(cell, at - cell.Length));
        }
        return newest;
    }

    long Take(ReadOnlySpan<byte> cell, int start)
    {
        var (column, data, written) = (-1, (Start: start, Length: 0), 0L);
        for (var at = 0; at < cell.Length;)
        {
            var tag = Wire.Tag(cell, ref at);
            switch (tag)
            {
                case Column:
                    var name = Wire.Taken(cell, ref at);
                    for (var i = 0; i < _columns.Length; i++)
                        column = name.SequenceEqual(_columns[i]) ? i : column;
                    break;
                case Data:
                    var length = Wire.Taken(cell, ref at).Length;
                    data = (start + at - length, length);
                    break;
                case Timestamp:
                    written = (long)Wire.Varint(cell, ref at);
                    break;
                default:
                    Wire.Skip(cell, tag, ref at);
                    break;
            }
        }
        if (column >= 0)
            _found[column] = data;
        return written;
    }
}
