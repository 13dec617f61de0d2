using System.Buffers;
using System.Text;
using TagGuard.Keys;

namespace TagGuard.Adapters.Yaml;

/// <summary>The bytes of a file that people write, as text: UTF-8 in which every character is shown, or the mistakes with their lines.</summary>
/// <remarks>A NUL ends the text for YAML's scanner, as if nothing followed; marks of
/// direction show a reader another rule than the one that judges.</remarks>
static class TextFile
{
    /// <summary>More lines with a mistake are not told one by one: the file is of another sort.</summary>
    const int MostTold = 10;

    const string SaveAs = "save it as UTF-8 (`iconv -f GBK -t UTF-8`, with the encoding that it has)";

    /// <param name="bytes">The file.</param>
    /// <param name="mistake">Takes a mistake: line and column (1-based), and a sentence with the cure.</param>
    /// <returns>The text without its byte order mark; null when there are mistakes.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes, Action<int, int, string> mistake)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            mistake(1, 1, "The file is UTF-16, not UTF-8: save it as UTF-8 (`iconv -f UTF-16 -t UTF-8`).");
            return null;
        }
        if (InvalidAt(bytes) is { } at)
        {
            var before = bytes[..at];
            var column = at - before.LastIndexOf((byte)'\n');
            mistake(
                1 + before.Count((byte)'\n'),
                column,
                FormattableString.Invariant($"The file is not UTF-8: byte 0x{bytes[at]:X2} here belongs to no character: {SaveAs}."));
            return null;
        }
        var text = Encoding.UTF8.GetString(bytes);
        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        return HasMistakes(text, mistake) ? null : text;
    }

    static bool HasMistakes(string text, Action<int, int, string> mistake)
    {
        var (line, start, found, last) = (1, 0, 0, 0);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\n')
                (line, start) = (line + 1, at + 1);
            // One of a line is enough: the cure is the same.
            if (text[at] is '\n' or '\r' or '\t' || line == last || !PlainText.IsHidden(text, at))
                continue;
            last = line;
            if (found++ < MostTold)
                mistake(line, at - start + 1, NameOf(text[at]));
        }
        return found > 0;
    }

    public static string NameOf(char letter) =>
        $"The character {PlainText.NameOf(letter)} stands here, which is not shown but obeyed: take it "
            + $"out{(letter == '\0' ? ", or save the file as UTF-8 if it is UTF-16" : "")}.";

    static int? InvalidAt(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return null;
        for (var at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var taken) != OperationStatus.Done)
                return at;
            at += taken;
        }
        return null;
    }
}
