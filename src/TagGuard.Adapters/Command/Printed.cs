using System.Buffers;
using System.Text;

namespace TagGuard.Adapters.Command;

/// <summary>What a program prints, up to a limit.</summary>
/// <param name="most">Bytes that are kept: more are read away, so that the program goes on.</param>
/// <param name="tooMuch">Called when there are more.</param>
/// <param name="keepsEnd">Whether the end is kept of more, and not the beginning.</param>
/// <param name="told">Gets each line when it is ended, those that are not kept among them.</param>
sealed class Printed(int most, Action? tooMuch = null, bool keepsEnd = false, Action<string>? told = null)
{
    const int LongestLine = 4096;

    readonly ArrayBufferWriter<byte> _kept = new();
    readonly List<byte> _line = [];
    readonly Lock _one = new();
    bool _isCut;

    /// <summary>What is kept; where the beginning is not, it begins with a whole line.</summary>
    public string Text
    {
        get
        {
            lock (_one)
            {
                var kept = _kept.WrittenSpan;
                return Encoding.UTF8.GetString(kept.Length > most ? AfterLine(kept[^most..]) : _isCut ? AfterLine(kept) : kept);
            }
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
            if (keepsEnd)
            {
                KeepEnd(page);
                return;
            }
            var room = Math.Min(page.Length, most - _kept.WrittenCount);
            _kept.Write(page[..room]);
            if (room == page.Length)
                return;
        }
        tooMuch?.Invoke();
    }

    void KeepEnd(ReadOnlySpan<byte> page)
    {
        _kept.Write(page);
        if (_kept.WrittenCount <= 2 * most)
            return;
        var end = _kept.WrittenSpan[^most..].ToArray();
        _kept.ResetWrittenCount();
        _kept.Write(end);
        _isCut = true;
    }

    static ReadOnlySpan<byte> AfterLine(ReadOnlySpan<byte> text) => text[(text.IndexOf((byte)'\n') + 1)..];
}
