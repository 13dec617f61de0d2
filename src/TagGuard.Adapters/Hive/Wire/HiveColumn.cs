using System.Globalization;
using System.Text;

namespace TagGuard.Adapters.Hive.Wire;

/// <summary>A column of a page: an array of its values as they came, and a bitmap of those that are NULL, trimmed after its last bit.</summary>
readonly struct HiveColumn
{
    const short Values = 1, Nulls = 2;

    readonly Array _values;
    readonly byte[] _nulls;

    /// <param name="column">The union of a column: the member says how the values came.</param>
    public HiveColumn(ThriftStruct column)
    {
        var (_, member) = column.Only ?? throw new InvalidDataException("A column of the answer has no values.");
        _values = member.List(Values) ?? throw new InvalidDataException("A column of the answer has values of a kind that is not known.");
        _nulls = member.Bytes(Nulls) ?? [];
    }

    public int Rows => _values.Length;

    public bool IsNull(int row) => row / 8 < _nulls.Length && (_nulls[row / 8] >> (row % 8) & 1) != 0;

    /// <summary>A whole number; NULL is 0.</summary>
    public long Number(int row) => IsNull(row) ? 0 : _values switch
    {
        long[] numbers => numbers[row],
        int[] numbers => numbers[row],
        short[] numbers => numbers[row],
        sbyte[] numbers => numbers[row],
        bool[] flags => flags[row] ? 1 : 0,
        byte[][] texts => long.Parse(Encoding.UTF8.GetString(texts[row]), CultureInfo.InvariantCulture),
        double[] numbers => checked((long)numbers[row]),
        _ => throw new InvalidDataException("A number came as something else."),
    };

    /// <summary>A text; null is NULL.</summary>
    public string? Text(int row) => IsNull(row) ? null : _values switch
    {
        byte[][] texts => Encoding.UTF8.GetString(texts[row]),
        _ => Convert.ToString(Value(row), CultureInfo.InvariantCulture),
    };

    /// <summary>The value as .NET has it; null is NULL.</summary>
    public object? Value(int row) => IsNull(row) ? null
        : _values is byte[][] texts ? Encoding.UTF8.GetString(texts[row])
        : _values.GetValue(row);
}
