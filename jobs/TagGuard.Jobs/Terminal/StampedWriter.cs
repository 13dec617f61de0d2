using System.Globalization;
using System.Text;

namespace TagGuard.Jobs.Terminal;

/// <summary>Writes lines with the time at which each began: a log of a night says when. The time is the plan's, as soon as a plan is open.</summary>
/// <param name="inner">Where the lines go.</param>
/// <param name="clock">The clock.</param>
sealed class StampedWriter(TextWriter inner, TimeProvider clock) : TextWriter
{
    readonly Lock _turn = new();
    bool _isWithin;

    /// <summary>The zone of the times that are shown.</summary>
    public static TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        lock (_turn)
        {
            for (var start = 0; start < value.Length;)
            {
                var end = value.IndexOf('\n', start);
                var line = end < 0 ? value[start..] : value[start..(end + 1)];
                // An empty line is a gap between others, at no time.
                if (!_isWithin && line.AsSpan().Trim().Length > 0)
                    inner.Write(Stamp());
                inner.Write(line);
                _isWithin = end < 0;
                start += line.Length;
            }
        }
    }

    public override void WriteLine() => Write("\n");

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Flush() => inner.Flush();

    string Stamp() => TimeZoneInfo.ConvertTime(clock.GetUtcNow(), Zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz' '", CultureInfo.InvariantCulture);
}
