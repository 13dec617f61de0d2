using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace TagGuard.Adapters.SparkConnect;

/// <summary>Values of Arrow's columns: arrow.apache.org/docs/format/Columnar.html.</summary>
static class ArrowValue
{
    /// <summary>The one batch of a stream of Arrow's IPC, in the stream's own memory.</summary>
    /// <exception cref="InvalidDataException">It holds none, or more.</exception>
    public static RecordBatch Batch(ReadOnlyMemory<byte> stream)
    {
        try
        {
            using var reader = new ArrowStreamReader(stream);
            var batch = reader.ReadNextRecordBatch() ?? new RecordBatch(reader.Schema, [], 0);
            return reader.ReadNextRecordBatch() is null ? batch : throw new InvalidDataException("Spark sent two batches in place of one.");
        }
        catch (Exception fault) when (fault is not InvalidDataException)
        {
            throw new InvalidDataException($"Spark's answer cannot be read as Arrow: {fault.Message}", fault);
        }
    }

    /// <summary>A value as .NET has it: null, bool, long, double, text (decimals too, for they have up to 38 digits), bytes, days and months of
    /// intervals as text; dates and times as <see cref="DateTime"/>, of kind UTC when they are instants.</summary>
    /// <remarks>Times beyond the years 1 to 9999 come as the first or last instant of these.</remarks>
    /// <exception cref="NotSupportedException">It is nested; the message is its type.</exception>
    public static object? Of(IArrowArray column, int row) => column.IsNull(row) ? null : column switch
    {
        BooleanArray array => array.GetValue(row),
        Int8Array array => (long)array.Values[row],
        Int16Array array => (long)array.Values[row],
        Int32Array array => (long)array.Values[row],
        Int64Array array => array.Values[row],
        FloatArray array => (double)array.Values[row],
        DoubleArray array => array.Values[row],
        Decimal128Array array => array.GetString(row),
        StringArray array => array.GetString(row),
        LargeStringArray array => array.GetString(row),
        BinaryArray array => array.GetBytes(row).ToArray(),
        LargeBinaryArray array => array.GetBytes(row).ToArray(),
        Date32Array array => Time(array.Values[row], TimeSpan.TicksPerDay, DateTimeKind.Unspecified),
        TimestampArray array => Time(
            array.Values[row],
            TimeSpan.TicksPerMicrosecond,
            ((TimestampType)array.Data.DataType).Timezone is null ? DateTimeKind.Unspecified : DateTimeKind.Utc),
        DurationArray array => $"{array.Values[row] / 1_000_000m:0.######} seconds",
        YearMonthIntervalArray array => $"{array.Values[row].Months} months",
        _ => throw new NotSupportedException(column.Data.DataType.Name),
    };

    static DateTime Time(long units, long ticksPerUnit, DateTimeKind kind)
    {
        var ticks = DateTime.UnixEpoch.Ticks + ((Int128)units * ticksPerUnit);
        return new DateTime((long)Int128.Clamp(ticks, 0, DateTime.MaxValue.Ticks), kind);
    }
}
