using System.Text;
using TagGuard.Facts;

namespace TagGuard.Adapters.DuckDb;

/// <summary>Counts rows by family of tags: a family once a row, however many of its tags the row has.</summary>
/// <param name="families">How tags are put into families.</param>
sealed class FamilyCounter(TagFamilies families)
{
    readonly Dictionary<string, uint> _numbers = new(StringComparer.Ordinal);
    (uint LastRow, uint Rows)[] _rows = new (uint, uint)[64];

    /// <summary>The number of a tag's family, from 1; 0 for a tag without one.</summary>
    public uint NumberOf(ReadOnlySpan<byte> tag)
    {
        var family = families.Of(Encoding.UTF8.GetString(tag));
        if (family.Length == 0)
            return 0;
        if (_numbers.TryGetValue(family, out var known))
            return known;
        if (_numbers.Count == _rows.Length)
            Array.Resize(ref _rows, 2 * _rows.Length);
        var number = (uint)_numbers.Count + 1;
        _numbers.Add(family, number);
        return number;
    }

    /// <param name="number">The family's.</param>
    /// <param name="row">The row's: never 0, and not that of another row lately.</param>
    public void Add(uint number, uint row)
    {
        ref var family = ref _rows[number - 1];
        if (family.LastRow != row)
            family = (row, family.Rows + 1);
    }

    /// <summary>What was counted, in no order.</summary>
    public IEnumerable<(string Family, long Rows)> Counts() => _numbers.Select(family => (family.Key, (long)_rows[family.Value - 1].Rows));
}
