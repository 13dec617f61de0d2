using TagGuard.Adapters.Hive.Wire;
using TagGuard.Sources;
using Thrift;
using Thrift.Protocol;
using Thrift.Transport.Client;

namespace TagGuard.Adapters.Footers;

/// <summary>The footer of a Parquet file: FileMetaData in Thrift's compact protocol.</summary>
/// <remarks>Field ids are those of parquet.thrift (github.com/apache/parquet-format).</remarks>
static class ParquetFooter
{
    /// <param name="file">The file.</param>
    /// <param name="footer">Its footer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="FooterException">Its rows are not those of its table.</exception>
    public static async Task<long> RowsAsync(PathInfo file, ReadOnlyMemory<byte> footer, CancellationToken cancellationToken)
    {
        var told = await ReadAsync(footer, cancellationToken);
        TransactionLogs.RefuseKeys(file.Path, told.Structs(5).Select(pair => pair.Text(1)));
        var groups = told.Structs(4);
        var rows = told.Long(3) ?? throw new InvalidDataException("it does not say how many rows there are");
        if (rows < 0 || Array.Exists(groups, group => group.Long(3) is null or < 0) || Sum(groups, 3) != rows)
            throw new InvalidDataException($"it says that there are {rows} rows, and its row groups say otherwise");
        return Array.Exists(groups, group => group.Long(6) > file.Bytes) || Sum(groups, 6) > file.Bytes
            ? throw new InvalidDataException("its row groups are longer than the file")
            : rows;
    }

    static Int128 Sum(ThriftStruct[] groups, short id) => groups.Aggregate((Int128)0, (sum, group) => sum + (group.Long(id) ?? 0));

    static async Task<ThriftStruct> ReadAsync(ReadOnlyMemory<byte> footer, CancellationToken cancellationToken)
    {
        try
        {
            using var transport = new TMemoryBufferTransport(footer.ToArray(), new TConfiguration());
            using var protocol = new TCompactProtocol(transport);
            return await ThriftStruct.ReadAsync(protocol, cancellationToken);
        }
        catch (Exception fault) when (fault is TException or IOException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"it cannot be read ({fault.Message.TrimEnd('.')})", fault);
        }
    }
}
