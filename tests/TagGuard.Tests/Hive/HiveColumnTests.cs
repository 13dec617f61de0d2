using TagGuard.Adapters.Hive.Wire;
using Thrift.Protocol;
using Thrift.Transport.Client;

namespace TagGuard.Tests.Hive;

/// <summary>Columns as HiveServer2 sends them.</summary>
public sealed class HiveColumnTests
{
    /// <summary>A column of 20 whole numbers, 0 to 19, with a bitmap of NULLs.</summary>
    static async Task<HiveColumn> NumbersAsync(params byte[] nulls)
    {
        var token = TestContext.Current.CancellationToken;
        using var line = new TMemoryBufferTransport(new());
        var protocol = new TBinaryProtocol(line);
        await protocol.WriteFieldBeginAsync(new("", Thrift.Protocol.Entities.TType.Struct, 5), token);
        await protocol.WriteFieldBeginAsync(new("", Thrift.Protocol.Entities.TType.List, 1), token);
        await protocol.WriteListBeginAsync(new(Thrift.Protocol.Entities.TType.I64, 20), token);
        for (var i = 0L; i < 20; i++)
            await protocol.WriteI64Async(i, token);
        await protocol.WriteFieldBeginAsync(new("", Thrift.Protocol.Entities.TType.String, 2), token);
        await protocol.WriteBinaryAsync(nulls, token);
        await protocol.WriteFieldStopAsync(token);
        await protocol.WriteFieldStopAsync(token);
        line.Seek(0, SeekOrigin.Begin);
        return new HiveColumn(await ThriftStruct.ReadAsync(protocol, token));
    }

    [Theory]
    [InlineData(new byte[] { }, new int[] { })]
    [InlineData(new byte[] { 0b0000_0101 }, new[] { 0, 2 })]
    [InlineData(new byte[] { 0, 0b1000_0000 }, new[] { 15 })]
    [InlineData(new byte[] { 0, 0, 0b0000_1000 }, new[] { 19 })]
    public async Task ARowIsNullWhereItsBitIsSetAndNotBehindTheBitmapsEnd(byte[] bitmap, int[] nulls)
    {
        var column = await NumbersAsync(bitmap);

        Assert.Equal(nulls, Enumerable.Range(0, column.Rows).Where(column.IsNull));
        Assert.All(Enumerable.Range(0, 20).Except(nulls), row => Assert.Equal((long)row, column.Value(row)));
        Assert.All(nulls, row => Assert.Null(column.Value(row)));
    }
}
