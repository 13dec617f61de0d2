using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using TagGuard.Adapters.Csv;
using TagGuard.Sources;

namespace TagGuard.Tests.Csv;

public sealed class ExportReaderTests : IDisposable
{
    readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void RecordsAreCountedNotLines()
    {
        var facts = Read("id,text\n1,\"two\nlines\"\n2,\"a \"\"quote\"\", and a comma\"\r\n3,last without an end");

        Assert.Equal((3, 0, 0), (facts.Rows, facts.Malformed.Total, facts.Encoding.Total));
        Assert.Equal(["id", "text"], facts.Header);
        Assert.True(facts.IsSettled);
    }

    [Theory]
    [InlineData("id,text\n1,a\n2\n3,c,d\n4,e\n", "line 3: 1 column, 2 wanted|line 4: 3 columns, 2 wanted", 4)]
    [InlineData("id,text\n1,\"two\nlines\"\n2,\"x\"y\n", "line 4: text behind a closing quote", 2)]
    [InlineData("id,text\n1,a\"b\n2,c\n", "line 2: a quote within text that is not quoted", 2)]
    [InlineData("id,text\n1,a\n2,\"never closed\n3,c\n", "line 3: a quote that is never closed", 2)]
    [InlineData("id,text\n1,a\n\n,b\n", "line 3: 1 column, 2 wanted|line 4: no id", 3)]
    public void MalformedLinesAreNamedByTheirNumber(string text, string flaws, long rows)
    {
        var facts = Read(text);

        Assert.Equal(flaws.Split('|'), facts.Malformed.First);
        Assert.Equal(rows, facts.Rows);
    }

    [Fact]
    public void BytesThatAreNoTextAreNamedByLineAndOffset()
    {
        File.WriteAllBytes(_file, [.. "id,text\n1,"u8, 0xC3, 0x28, .. "\n2,"u8, 0xFF, .. "\n"u8]);

        var facts = ReadFile("utf-8");

        Assert.Equal(["line 2: byte 0xC3 at offset 10 is not text", "line 3: byte 0xFF at offset 15 is not text"], facts.Encoding.First);
        Assert.Equal(2, facts.Rows);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("gb18030")]
    public void ANulIsNoTextInAnyEncoding(string encoding)
    {
        File.WriteAllBytes(_file, [.. "id,text\n1,a\n2,"u8, 0, .. "\n"u8]);

        Assert.StartsWith("line 3: byte 0x00", Assert.Single(ReadFile(encoding).Encoding.First), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-8", true, "line 1: a byte order mark, which `utf-8` is without")]
    [InlineData("utf-8", false, null)]
    [InlineData("utf-8-bom", true, null)]
    [InlineData("utf-8-bom", false, "line 1: no byte order mark")]
    public void AByteOrderMarkIsThereOnlyWhereItIsWanted(string encoding, bool hasMark, string? flaw)
    {
        File.WriteAllText(_file, "id,text\n1,a\n", new UTF8Encoding(hasMark));

        var facts = ReadFile(encoding);

        Assert.Equal(flaw, facts.Encoding.First.SingleOrDefault());
        Assert.Equal(["id", "text"], facts.Header);
    }

    [Fact]
    public void AnotherEncodingIsReadAsWhatItIsAndItsFlawsAreNamedByLine()
    {
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
        File.WriteAllBytes(_file, [.. gb.GetBytes("id,text\n张,三\n"), 0x81, 0x20, .. gb.GetBytes(",四\n张,五\n")]);

        var facts = ReadFile("gb18030");

        Assert.StartsWith("line 3: bytes that are not text", facts.Encoding.First[0], StringComparison.Ordinal);
        Assert.Equal(["line 4: 张"], facts.Repeats.First);
    }

    [Fact]
    public void ALetterBetweenTwoBlocksIsWhole()
    {
        for (var shift = 0; shift < 8; shift++)
        {
            var facts = Read("id,text\n1," + new string('x', (1 << 16) - 14 + shift) + "😀ä€\n");
            Assert.Equal((1, 0), (facts.Rows, facts.Encoding.Total));
        }
    }

    [Fact]
    public void KeysThatRepeatAreNamedWithTheLineThatRepeatsThem()
    {
        var facts = Read("id,text\n7,a\n8,b\n7,c\n8,d\n7,e\n");

        Assert.Equal(3, facts.Repeats.Total);
        Assert.Equal(["line 4: 7", "line 5: 8", "line 6: 7"], facts.Repeats.First);
    }

    [Fact]
    public void AnEmptyFileHasNoHeader()
    {
        var facts = Read("");

        Assert.Empty(facts.Header);
        Assert.Equal(0, facts.Rows);
    }

    [Fact]
    public void WhateverIsWrittenAsRfc4180SaysIsReadWithoutFlaw()
    {
        var field = ArbMap
            .Default.ArbFor<NonNull<string>>()
            .Generator.Select(text => text.Get.Replace("\0", "", StringComparison.Ordinal))
            .Where(text => !text.Any(char.IsSurrogate));
        Prop.ForAll(
                Gen.ListOf(field).ToArbitrary(),
                fields =>
                {
                    var facts = Read(
                        "id,text\n" + string.Concat(fields.Select((text, i) => $"{i},\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n")));
                    Assert.Equal((fields.Count, 0, 0, 0), (facts.Rows, facts.Malformed.Total, facts.Encoding.Total, facts.Repeats.Total));
                })
            .Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public void OnlyHashesThatCameTwiceAreRepeated()
    {
        var hashes = new KeyHashes();
        for (var i = 0; i < 2_000_000; i++)
            hashes.Add(BitConverter.GetBytes(i % 1_900_000));

        var repeated = hashes.Repeated();

        Assert.Equal(Enumerable.Range(0, 100_000).Select(i => KeyHashes.Of(BitConverter.GetBytes(i))).Order(), repeated);
    }

    [Fact]
    public void TwoKeysWithOneHashAreTwoKeys()
    {
        var (one, other) = ("one"u8.ToArray(), "other"u8.ToArray());
        var repeats = new KeyRepeats([.. new[] { KeyHashes.Of(one), KeyHashes.Of(other) }.Order()]);

        Assert.Equal([false, false, true, true], new[] { one, other, one, other }.Select(key => repeats.IsRepeat(key)));
        Assert.False(repeats.IsRepeat("a third"u8));
    }

    [Fact]
    public void EveryRepeatOfManyIsCounted()
    {
        var facts = Read("id,text\n" + string.Concat(Enumerable.Range(0, 330_000).Select(i => $"{i % 110_000},a\n")));

        Assert.Equal((330_000, 220_000), (facts.Rows, facts.Repeats.Total));
        Assert.Equal("line 110002: 0", facts.Repeats.First[0]);
    }

    [Theory]
    [InlineData("id,text\n1,a\n1,b\n", "line 3: 1")]
    [InlineData("id,text\n1,\"a\nb\"\n1,b\n", "line 4: 1")]
    public void AFileThatIsPackedIsUnpacked(string text, string repeat)
    {
        var packed = Pack(text);

        var facts = new ExportReader(new ExportQuery("x", CsvForm.Usual, 2, "id")).Read(packed, null, TestContext.Current.CancellationToken);

        File.Delete(packed);
        Assert.Equal((2, repeat, 0, 0), (facts.Rows, facts.Repeats.First[0], facts.Malformed.Total, facts.Encoding.Total));
    }

    [Theory]
    [InlineData(0, "line 1: what follows cannot be unpacked")]
    [InlineData(40_000, "cannot be unpacked")]
    public void APackedFileThatIsDamagedIsMalformed(int damagedAt, string told)
    {
        var packed = Pack("id,text\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{i * 7919L}\n")));
        var bytes = File.ReadAllBytes(packed);
        bytes.AsSpan(damagedAt, 2000).Fill(0xFF);
        File.WriteAllBytes(packed, bytes);

        var facts = new ExportReader(new ExportQuery("x", CsvForm.Usual, 2, "id")).Read(packed, null, TestContext.Current.CancellationToken);

        File.Delete(packed);
        Assert.Contains(told, facts.Malformed.First[^1], StringComparison.Ordinal);
        Assert.InRange(facts.Rows, 0, 49_999);
    }

    [Fact]
    public void APackedFileThatBreaksOffHasALastLineThatIsCut()
    {
        var packed = Pack("id,text\n" + string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{i * 7919L}\n")));
        using (var file = new FileStream(packed, FileMode.Open))
            file.SetLength(file.Length / 2);

        var facts = new ExportReader(new ExportQuery("x", CsvForm.Usual, 2, "id")).Read(packed, null, TestContext.Current.CancellationToken);

        File.Delete(packed);
        Assert.InRange(facts.Rows, 1, 49_999);
        Assert.NotEqual(0, facts.Malformed.Total);
    }

    [Fact]
    public void APackedFileThatIsCutBehindALastLineIsMalformed()
    {
        // Without its last block, gzip's end and nothing of a line is missing.
        var packed = Pack("id,text\n1,a\n");
        using (var file = File.OpenWrite(packed))
            file.SetLength(file.Length - 8);

        var facts = new ExportReader(new ExportQuery("x", CsvForm.Usual, 2, "id")).Read(packed, null, TestContext.Current.CancellationToken);

        File.Delete(packed);
        Assert.Equal((1, 1), (facts.Rows, facts.Malformed.Total));
        Assert.Contains("cut short", facts.Malformed.First.Single(), StringComparison.Ordinal);
    }

    string Pack(string text)
    {
        var packed = _file + ".gz";
        using var pack = new GZipStream(File.Create(packed), CompressionLevel.Fastest);
        pack.Write(Encoding.UTF8.GetBytes(text));
        return packed;
    }

    ExportFacts Read(string text)
    {
        File.WriteAllText(_file, text);
        return ReadFile("utf-8");
    }

    ExportFacts ReadFile(string encoding) =>
        new ExportReader(new ExportQuery("x", new CsvForm(',', encoding), 2, "id")).Read(_file, null, TestContext.Current.CancellationToken);
}
