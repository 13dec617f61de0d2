using System.Text;
using TagGuard.Adapters.HBase;
using TagGuard.Adapters.HBase.Rest;

namespace TagGuard.Tests.HBase;

public sealed class RowKeysTests
{
    [Fact]
    public void EveryByteIsWrittenAndReadBack()
    {
        byte[] key = [.. Enumerable.Range(0, 256).Select(one => (byte)one)];

        Assert.Equal(key, RowKeys.Parse(RowKeys.Text(key)));
        Assert.Equal("U1\\x00\\xFF\\x5C", RowKeys.Text("U1\0"u8.ToArray().Append((byte)255).Append((byte)'\\').ToArray()));
        Assert.Equal("é😀"u8.ToArray(), RowKeys.Parse("é😀"));
    }

    [Fact]
    public void NothingLiesBetweenAKeyAndTheOneBehindIt()
    {
        byte[] longest = [.. Enumerable.Repeat((byte)'a', RowKeys.Longest)];

        Assert.Equal([1, 0], RowKeys.After([1]));
        Assert.Equal([.. longest[..^1], (byte)'b'], RowKeys.After(longest));
        Assert.Empty(RowKeys.After([.. Enumerable.Repeat((byte)255, RowKeys.Longest)]));
        Assert.Equal([2], RowKeys.AfterAllWith([1, 255]));
        Assert.Empty(RowKeys.AfterAllWith([255, 255]));
    }

    [Theory]
    [InlineData("rowkey", "ab_c_D", "ab_c_D")]
    [InlineData("(after(rowkey, '_'))", "ab_c_D", "c_D")]
    [InlineData("before(rowkey, '_')", "ab_c_D", "ab")]
    [InlineData("substr(rowkey, 4)", "ab_c_D", "c_D")]
    [InlineData("substr(rowkey, 9)", "ab_c_D", "")]
    [InlineData("lower(reverse(rowkey))", "ab_c_D", "d_c_ba")]
    [InlineData("upper(after(after(rowkey, '_'), '_'))", "ab_c_d", "D")]
    [InlineData("hex(rowkey)", "ab", "6162")]
    public void WhatTheSyncPutOnIsTakenOff(string text, string key, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(KeyText.Of(text).Of(Encoding.UTF8.GetBytes(key))));

    [Theory]
    [InlineData("userid")]
    [InlineData("substr(rowkey, 0)")]
    [InlineData("substr(rowkey, '_')")]
    [InlineData("reverse(rowkey, '_')")]
    [InlineData("md5(rowkey)")]
    public void WhatIsNothingOfARowKeyIsRefused(string text) => Assert.Throws<FormatException>(() => KeyText.Of(text));

    [Theory]
    [InlineData(null, ":")]
    [InlineData(null, ":b", "b:")]
    [InlineData(null, "b:", ":b")]
    [InlineData("no regions are told of it")]
    [InlineData("no region holds the rows from b to c", ":b", "c:")]
    [InlineData("no region holds the rows from b on", ":b")]
    [InlineData("no region holds the rows from  to b", "b:")]
    [InlineData("two regions hold the rows from b to c", ":c", "b:")]
    [InlineData("two regions hold the rows from b on", ":", "b:")]
    [InlineData("two regions hold the rows from  on", ":", ":")]
    public void HolesAndOverlapsOfRegionsAreSeen(string? mistake, params string[] ranges)
    {
        var table = new TableInfo { Name = "t" };
        table.Regions.AddRange(ranges.Select(range => range.Split(':')).Select(ends => new TableInfo.Types.Region
        {
            Name = ends[0] + ends[1],
            StartKey = Google.Protobuf.ByteString.CopyFromUtf8(ends[0]),
            EndKey = Google.Protobuf.ByteString.CopyFromUtf8(ends[1]),
        }));

        Region.Tiled(table, out var why);

        Assert.Equal(mistake, why);
    }
}
