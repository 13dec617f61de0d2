using TagGuard.Facts;

namespace TagGuard.Rendering.Mails;

/// <summary>A piece of a mail. The HTML and the plain text are written from the same pieces, so that both say the same.</summary>
abstract record MailBlock
{
    /// <summary>The verdict, at the top.</summary>
    /// <param name="Tone">Its colour.</param>
    /// <param name="Sign">Its sign.</param>
    /// <param name="Small">What it is about: date and plan.</param>
    /// <param name="Title">The verdict.</param>
    public sealed record Banner(Verdict Tone, string Sign, string Small, string Title) : MailBlock;

    /// <summary>What the reader should do now.</summary>
    /// <param name="Label">What it is.</param>
    /// <param name="Said">The advice.</param>
    public sealed record Call(string Label, MailLine Said) : MailBlock;

    /// <summary>The title of what follows.</summary>
    /// <param name="Text">The title.</param>
    /// <param name="Small">How many, or nothing.</param>
    public sealed record Heading(string Text, string Small = "") : MailBlock;

    /// <summary>Sentences, a line each.</summary>
    public sealed record Lines(IReadOnlyList<MailLine> All) : MailBlock;

    /// <summary>The small print at the end.</summary>
    public sealed record Foot(IReadOnlyList<MailLine> All) : MailBlock;

    /// <summary>A table; its first column names the row.</summary>
    /// <param name="Columns">The titles.</param>
    /// <param name="Rows">The rows, with a cell for each title.</param>
    public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<MailRow> Rows) : MailBlock;

    /// <summary>An incident.</summary>
    /// <param name="Tone">Its colour.</param>
    /// <param name="Sign">Its sign.</param>
    /// <param name="Title">What broke.</param>
    /// <param name="Small">Its effect, since when, and where.</param>
    /// <param name="Body">What the title does not say; may be empty.</param>
    /// <param name="Chart">Its history; null when there is none to draw.</param>
    /// <param name="Facts">Cause, advice and the like, by their labels.</param>
    /// <param name="Following">What follows from it.</param>
    public sealed record Card(
        Verdict Tone,
        string Sign,
        string Title,
        string Small,
        string Body,
        MailChart? Chart,
        IReadOnlyList<(string Label, MailLine Said)> Facts,
        IReadOnlyList<MailLine> Following) : MailBlock;
}

/// <summary>A picture in a mail, with the words for those who do not see it.</summary>
sealed record MailChart(string Name, ChartData Data, string Words);

/// <summary>A row of a table.</summary>
/// <param name="Cells">Its cells.</param>
sealed record MailRow(IReadOnlyList<MailCell> Cells)
{
    /// <summary>The days before it, small, below the row; empty when there are none.</summary>
    public IReadOnlyList<(string Day, MailCell Cell)> Days { get; init; } = [];
}

/// <summary>A cell of a table.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Tone">Its colour; null for that of text.</param>
/// <param name="IsNumber">Whether it stands at the right.</param>
sealed record MailCell(string Text, Verdict? Tone = null, bool IsNumber = false)
{
    public static MailCell Number(string text) => new(text, IsNumber: true);
}

/// <summary>A sentence; `backticks` set off what is to be typed.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Tone">Its colour; null for that of text.</param>
sealed record MailLine(string Text, Verdict? Tone = null)
{
    /// <summary>Where it leads as a whole; null when nowhere.</summary>
    public string? Link { get; init; }

    /// <summary>Whether addresses in it are links: they are those of the plan.</summary>
    public bool HasLinks { get; init; }
}
