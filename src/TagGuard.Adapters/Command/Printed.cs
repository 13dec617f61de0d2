using System.Buffers;
using System.Text;

namespace TagGuard.Adapters.Command;

/// <summary>What a program prints, up to a limit.</summary>
/// <param name="most">Bytes that are kept: more are read away, so that the program goes on.</param>
/// <param name="tooMuch">Told once when there are more.</param>
sealed class Printed(int most, Action? tooMuch = null)
{
    readonly ArrayBufferWriter<byte> _kept = new();
    readonly Lock _one = new();

    public string Text
    {
        get
        {
            lock (_one)
                return Encoding.UTF8.GetString(_kept.WrittenSpan);
        }
    }

    public async Task ReadAsync(Stream from)
    {
        var page = new byte[16 << 10];
        try
        {
            for (int count; (count = await from.ReadAsync(page)) > 0;)
                Keep(page.AsSpan(0, count));
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // The program is gone, and its answer whole or not.
        }
    }

    void Keep(ReadOnlySpan<byte> page)
    {
        lock (_one)
        {
            var room = Math.Min(page.Length, most - _kept.WrittenCount);
            _kept.Write(page[..room]);
            if (room == page.Length)
                return;
        }
        tooMuch?.Invoke();
    }
}
