using System.Buffers;
using System.Text;

namespace TagGuard.Adapters.Command;

/// <summary>What a program prints, up to a limit.</summary>
/// <param name="most">Bytes that are kept: more are read away, so that the program goes on.</param>
/// <param name="tooMuch">Called when there are more.</param>
/// <param name="told">Gets each line when it is ended, those that are not kept among them.</param>
sealed class Printed(int most, Action? tooMuch = null, Action<string>? told = null)
{
    const int LongestLine = 4096;

    readonly ArrayBufferWriter<byte> _kept = new();
    readonly List<byte> _line = [];
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
            {
                Tell(page.AsSpan(0, count));
                Keep(page.AsSpan(0, count));
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException)
        {
            // The program is gone, and its answer whole or not.
        }
    }

    void Tell(ReadOnlySpan<byte> page)
    {
        if (told is null)
            return;
        foreach (var one in page)
        {
            if (one != '\n')
                _line.Add(one);
            if (one != '\n' && _line.Count < LongestLine)
                continue;
            told(Encoding.UTF8.GetString([.. _line]));
            _line.Clear();
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
