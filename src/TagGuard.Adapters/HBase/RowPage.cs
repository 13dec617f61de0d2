namespace TagGuard.Adapters.HBase;

/// <summary>Takes a row as it comes.</summary>
/// <param name="key">Its key.</param>
/// <param name="row">The message that holds it.</param>
delegate void TakeRow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> row);

/// <summary>The rows of one answer (a CellSet), where they lie in it: nothing is copied, for a count looks at each key once.</summary>
/// <param name="body">The answer.</param>
sealed class RowPage(byte[] body)
{
    /// <summary>Row = 1 of CellSet, key = 1 of Row; both have bytes.</summary>
    const int Row = 1 << 3 | Wire.Bytes, Key = 1 << 3 | Wire.Bytes;

    readonly List<(int Start, int Length)> _rows = [];

    public int Count => _rows.Count;

    public int Bytes => body.Length;

    public ReadOnlySpan<byte> RowAt(int index) => body.AsSpan(_rows[index].Start, _rows[index].Length);

    /// <summary>The key of a row.</summary>
    public ReadOnlySpan<byte> KeyAt(int index)
    {
        var row = RowAt(index);
        for (var at = 0; at < row.Length;)
        {
            var tag = Wire.Tag(row, ref at);
            if (tag == Key)
                return Wire.Taken(row, ref at);
            Wire.Skip(row, tag, ref at);
        }
        throw new InvalidDataException("A row has no key.");
    }

    /// <summary>All keys, each a copy.</summary>
    public IReadOnlyList<byte[]> Keys => [.. Enumerable.Range(0, Count).Select(i => KeyAt(i).ToArray())];

    /// <summary>The page, looked through to its end.</summary>
    /// <exception cref="InvalidDataException">It is cut, or no CellSet.</exception>
    public static RowPage Of(byte[] body)
    {
        var page = new RowPage(body);
        for (var at = 0; at < body.Length;)
        {
            var tag = Wire.Tag(body, ref at);
            if (tag != Row)
            {
                Wire.Skip(body, tag, ref at);
                continue;
            }
            var length = Wire.Taken(body, ref at).Length;
            page._rows.Add((at - length, length));
        }
        return page;
    }
}
