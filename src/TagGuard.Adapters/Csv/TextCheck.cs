using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace TagGuard.Adapters.Csv;

/// <summary>Text in UTF-8 on its way to a reader; says which bytes are none. What is wrong goes on as it is.</summary>
/// <param name="inner">The file, or its text in UTF-8.</param>
/// <param name="isTranscoded">Whether it was another encoding before: bytes that were no text are then U+FFFD, and their places are unknown.</param>
/// <param name="flaws">Takes what is found.</param>
sealed class TextCheck(Stream inner, bool isTranscoded, Flaws flaws) : Stream
{
    const int BlockSize = 1 << 16;

    /// <summary>The longest part of a letter that a block can end with.</summary>
    const int MostHeld = 3;

    static readonly byte[] Replacement = [0xEF, 0xBF, 0xBD];

    readonly byte[] _block = new byte[BlockSize + MostHeld];
    int _held, _from, _until;
    long _offset, _line = 1;
    bool _isAtEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        while (_from == _until && !_isAtEnd)
            Fill();
        var part = _block.AsSpan(_from, Math.Min(buffer.Length, _until - _from));
        part.CopyTo(buffer);
        _from += part.Length;
        return part.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    void Fill()
    {
        _block.AsSpan(_until, _held).CopyTo(_block);
        var read = inner.Read(_block, _held, BlockSize);
        var length = _held + read;
        _isAtEnd = read == 0;
        _held = _isAtEnd ? 0 : Incomplete(_block.AsSpan(0, length));
        (_from, _until) = (0, length - _held);
        Check(_block.AsSpan(0, _until));
    }

    void Check(ReadOnlySpan<byte> text)
    {
        if (text.Contains((byte)0) || (isTranscoded ? text.IndexOf(Replacement) >= 0 : !Utf8.IsValid(text)))
            CheckSlowly(text);
        else
            _line += text.Count((byte)'\n');
        _offset += text.Length;
    }

    void CheckSlowly(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length;)
        {
            var status = Rune.DecodeFromUtf8(text[at..], out var rune, out var taken);
            var (offset, bad) = (_offset + at, text[at]);
            if (isTranscoded && rune == Rune.ReplacementChar)
                flaws.Add(_line, () => "bytes that are not text");
            else if (status != OperationStatus.Done || bad == 0)
                flaws.Add(_line, () => FormattableString.Invariant($"byte 0x{bad:X2} at offset {offset} is not text"));
            _line += bad == '\n' ? 1 : 0;
            at += taken;
        }
    }

    /// <summary>Bytes at the end that are the beginning of a letter.</summary>
    static int Incomplete(ReadOnlySpan<byte> text)
    {
        for (var length = 1; length <= Math.Min(MostHeld, text.Length); length++)
        {
            var first = text[^length];
            if ((first & 0xC0) == 0xC0)
                return Rune.DecodeFromUtf8(text[^length..], out _, out _) == OperationStatus.NeedMoreData ? length : 0;
            if ((first & 0x80) == 0)
                return 0;
        }
        return 0;
    }
}
