using System.Globalization;
using System.Text;

namespace TagGuard.Adapters.HBase;

/// <summary>Row keys: bytes, ordered as such. For people a byte that is no printable ASCII is written `\x0F`, as HBase's shell does.</summary>
static class RowKeys
{
    /// <summary>HBase takes no longer one (HConstants.MAX_ROW_LENGTH).</summary>
    public const int Longest = short.MaxValue;

    /// <summary>The key as people write it.</summary>
    public static string Text(ReadOnlySpan<byte> key)
    {
        var text = new StringBuilder(key.Length);
        foreach (var one in key)
        {
            if (one is >= (byte)' ' and <= (byte)'~' and not (byte)'\\')
                text.Append((char)one);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\x{one:X2}");
        }
        return text.ToString();
    }

    /// <summary>What somebody wrote, as bytes; what is not of the form `\x0F` is UTF-8.</summary>
    public static byte[] Parse(string text)
    {
        var key = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text.AsSpan(i) is ['\\', 'x', var high, var low, ..] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low))
            {
                key.Add(Convert.ToByte(text.Substring(i + 2, 2), 16));
                i += 3;
                continue;
            }
            var letters = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
            key.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, letters)));
            i += letters - 1;
        }
        return [.. key];
    }

    /// <summary>The key right behind this one: nothing lies between them. None (empty) behind the very last.</summary>
    public static byte[] After(ReadOnlySpan<byte> key) => key.Length < Longest ? [.. key, 0] : AfterAllWith(key);

    /// <summary>The first key that does not begin with the prefix any more; none (empty) behind a prefix of 0xFF alone.</summary>
    public static byte[] AfterAllWith(ReadOnlySpan<byte> prefix)
    {
        var length = prefix.Length;
        while (length > 0 && prefix[length - 1] == 0xFF)
            length--;
        if (length == 0)
            return [];
        var end = prefix[..length].ToArray();
        end[^1]++;
        return end;
    }
}
