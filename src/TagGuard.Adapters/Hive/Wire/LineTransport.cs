using System.Buffers.Binary;
using Thrift;
using Thrift.Transport;

namespace TagGuard.Adapters.Hive.Wire;

/// <summary>Messages over a TCP line: as they are (NOSASL), or each behind its length in 4 bytes, as after a handshake of SASL.</summary>
/// <param name="line">The line, encrypted or not.</param>
/// <param name="isFramed">Whether lengths go before.</param>
/// <param name="layer">What signs or encrypts each message behind its length (the qualities of protection auth-int and auth-conf), or null.</param>
/// <param name="limits">The longest message.</param>
sealed class LineTransport(Stream line, bool isFramed, SaslLayer? layer, TConfiguration limits) : TEndpointTransport(limits)
{
    const int LengthBytes = 4;
    const int ReadAtOnce = 1 << 16;

    readonly MemoryStream _writing = new();
    byte[] _read = [];
    int _at;
    int _end;
    int _frameLeft;

    public override bool IsOpen => line.CanRead;

    public override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Close() => Dispose(disposing: true);

    public override ValueTask<int> ReadAsync(byte[] buffer, int offset, int length, CancellationToken cancellationToken)
    {
        if (_at == _end)
            return ReadMoreAsync(buffer, offset, length, cancellationToken);
        return new(Take(buffer, offset, length));
    }

    public override Task WriteAsync(byte[] buffer, int offset, int length, CancellationToken cancellationToken)
    {
        if (isFramed && _writing.Length == 0)
            _writing.Write(stackalloc byte[LengthBytes]);
        _writing.Write(buffer, offset, length);
        return Task.CompletedTask;
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (layer is not null)
        {
            var wrapped = layer.Wrap(_writing.GetBuffer().AsSpan(LengthBytes, (int)_writing.Length - LengthBytes));
            _writing.SetLength(LengthBytes);
            _writing.Position = LengthBytes;
            _writing.Write(wrapped);
        }
        var message = _writing.GetBuffer().AsMemory(0, (int)_writing.Length);
        if (isFramed)
            BinaryPrimitives.WriteInt32BigEndian(message.Span, message.Length - LengthBytes);
        await line.WriteAsync(message, cancellationToken);
        await line.FlushAsync(cancellationToken);
        _writing.SetLength(0);
        ResetMessageSizeAndConsumedBytes();
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        line.Dispose();
        layer?.Dispose();
    }

    async ValueTask<int> ReadMoreAsync(byte[] buffer, int offset, int length, CancellationToken cancellationToken)
    {
        if (_read.Length == 0)
            _read = new byte[ReadAtOnce];
        if (isFramed && _frameLeft == 0)
        {
            await line.ReadExactlyAsync(_read.AsMemory(0, LengthBytes), cancellationToken);
            _frameLeft = BinaryPrimitives.ReadInt32BigEndian(_read);
            if (_frameLeft <= 0 || _frameLeft > MaxMessageSize)
                throw new InvalidDataException(
                    $"The server announced a message of {_frameLeft} bytes, and 1 to {MaxMessageSize} are possible: it speaks another protocol.");
        }
        _at = 0;
        if (layer is not null)
        {
            var wrapped = new byte[_frameLeft];
            await line.ReadExactlyAsync(wrapped, cancellationToken);
            _read = layer.Unwrap(wrapped);
            (_end, _frameLeft) = (_read.Length, 0);
            if (_end < LengthBytes)
                throw new InvalidDataException("The server sent a message that holds nothing.");
            return Take(buffer, offset, length);
        }
        _end = await line.ReadAsync(_read.AsMemory(0, isFramed ? Math.Min(_frameLeft, _read.Length) : _read.Length), cancellationToken);
        if (_end == 0)
            throw new EndOfStreamException("The server closed the line.");
        _frameLeft -= isFramed ? _end : 0;
        return Take(buffer, offset, length);
    }

    int Take(byte[] buffer, int offset, int length)
    {
        var taken = Math.Min(length, _end - _at);
        Buffer.BlockCopy(_read, _at, buffer, offset, taken);
        _at += taken;
        CountConsumedMessageBytes(taken);
        return taken;
    }
}
