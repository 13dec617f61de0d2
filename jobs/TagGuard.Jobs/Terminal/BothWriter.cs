using System.Text;

namespace TagGuard.Jobs.Terminal;

/// <summary>Writes to two places. A full disk below one keeps nothing from the other.</summary>
sealed class BothWriter(TextWriter first, TextWriter second) : TextWriter
{
    public override Encoding Encoding => first.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value) => Each(one => one.Write(value));

    public override void WriteLine() => Each(one => one.WriteLine());

    public override void WriteLine(string? value) => Each(one => one.WriteLine(value));

    public override void Flush() => Each(one => one.Flush());

    void Each(Action<TextWriter> write)
    {
        foreach (var one in new[] { first, second })
        {
            try
            {
                write(one);
            }
            catch (IOException)
            {
                // The other one has the line.
            }
        }
    }
}
