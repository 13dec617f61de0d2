using System.Buffers.Binary;
using TagGuard.Sources;

namespace TagGuard.Adapters.Footers;

/// <summary>The rows that a file says it has.</summary>
/// <param name="Rows">Their number.</param>
/// <param name="Format">Parquet or ORC.</param>
readonly record struct FooterRows(long Rows, string Format);

/// <summary>The end of one file. One read is enough unless its footer is longer.</summary>
/// <param name="files">Where it is.</param>
/// <param name="file">The file as it was listed.</param>
sealed class FooterFile(IRangedFiles files, PathInfo file)
{
    const int TailBytes = 1 << 14;
    const int MostBytes = 64 << 20;

    /// <summary>Length of the footer and the four letters of Parquet.</summary>
    const int ParquetEnd = 8;

    const int LeastBytes = 12;

    /// <exception cref="FooterException">It cannot be counted; never by a guess.</exception>
    public async Task<FooterRows> ReadAsync(CancellationToken cancellationToken)
    {
        if (file.Bytes < LeastBytes)
            throw new FooterException(
                file.Bytes == 0
                    ? $"{file.Path} is empty (0 bytes): a load is still writing, or was broken off. Run the load again, or remove the file."
                    : NotAny);
        var tail = await LastAsync(TailBytes, cancellationToken);
        try
        {
            if (tail.AsSpan().EndsWith("PARE"u8))
                throw new FooterException(
                    $"{file.Path} has an encrypted footer, which tells nothing without its key: count by a query, `from: query`.");
            if (tail.AsSpan().EndsWith("PAR1"u8))
                return new FooterRows(await ParquetAsync(tail, cancellationToken), "Parquet");
            return OrcTail.Of(file.Path, tail) is { } orc
                ? new FooterRows(await OrcAsync(orc, tail, cancellationToken), "ORC")
                : throw new FooterException(NotAny);
        }
        catch (InvalidDataException fault)
        {
            throw new FooterException($"{file.Path} has a damaged footer: {fault.Message.TrimEnd('.')}. Run its load again.", fault);
        }
    }

    string NotAny =>
        $"{file.Path} does not end as a Parquet or ORC file: it was cut short, a load is still writing, or it is of another format, which has no "
            + "footer to count by. Run its load again, or count by a query, `from: query`.";

    async Task<long> ParquetAsync(byte[] tail, CancellationToken cancellationToken)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(tail.Length - ParquetEnd));
        var footer = await BeforeAsync(tail, length, ParquetEnd, cancellationToken);
        return await ParquetFooter.RowsAsync(file, footer, cancellationToken);
    }

    async Task<long> OrcAsync(OrcTail orc, byte[] tail, CancellationToken cancellationToken) =>
        OrcFooter.Rows(file.Path, await BeforeAsync(tail, orc.FooterLength, orc.EndLength, cancellationToken), orc);

    /// <summary>The footer, which lies before the end of the file.</summary>
    async Task<ReadOnlyMemory<byte>> BeforeAsync(byte[] tail, ulong length, int end, CancellationToken cancellationToken)
    {
        if (length == 0 || length + (ulong)end > (ulong)file.Bytes)
            throw new InvalidDataException($"it says that it is {length} bytes long, and the file has {file.Bytes}");
        if (length > MostBytes)
            throw new InvalidDataException($"it says that it is {length} bytes long, and {MostBytes} are the most that is read");
        var whole = (int)length + end;
        var read = whole <= tail.Length ? tail : await LastAsync(whole, cancellationToken);
        return read.AsMemory(read.Length - whole, (int)length);
    }

    async Task<byte[]> LastAsync(int most, CancellationToken cancellationToken)
    {
        var length = (int)Math.Min(most, file.Bytes);
        var read = await files.ReadAsync(file.Path, file.Bytes - length, length, cancellationToken);
        return read?.Length == length
            ? read
            : throw new FooterException(
                $"{file.Path} {(read is null ? "vanished" : "became shorter")} while it was counted. Ask again when its job has ended.")
            {
                IsTransient = true,
            };
    }
}
