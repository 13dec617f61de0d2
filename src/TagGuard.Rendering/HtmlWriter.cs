using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace TagGuard.Rendering;

/// <summary>Writes HTML. What is written in the code is markup; what comes through a hole is text and is escaped, always.</summary>
sealed class HtmlWriter(Words words)
{
    /// <summary>The words of the page's language.</summary>
    public Words Words { get; } = words;

    internal StringBuilder Text { get; } = new(64 * 1024);

    /// <summary>Writes a template. A plain string does not compile here: only literals of this project can be markup.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "The compiler hands this writer to the template's constructor, which writes into it.")]
    public void Write([InterpolatedStringHandlerArgument("")] HtmlTemplate template) => _ = template;

    /// <summary>Writes one of this project's own files as it is.</summary>
    public void Raw(Asset asset) => Text.Append(asset.Text);

    public override string ToString() => Text.ToString();
}

/// <summary>A piece of finished markup, made of a template.</summary>
readonly struct Markup
{
    readonly string? _html;

    Markup(string html) => _html = html;

    public static Markup From(HtmlWriter html) => new(html.ToString());

    public static Markup Of(HtmlTemplate template) => new(template.Text.ToString());

    public override string ToString() => _html ?? "";
}

/// <summary>An interpolated string whose holes are escaped.</summary>
[InterpolatedStringHandler]
readonly struct HtmlTemplate
{
    internal StringBuilder Text { get; }

    public HtmlTemplate(int literalLength, int formattedCount) => Text = new StringBuilder(literalLength + (formattedCount * 16));

    public HtmlTemplate(int literalLength, int formattedCount, HtmlWriter writer)
    {
        Text = writer.Text;
        Text.EnsureCapacity(Text.Length + literalLength + (formattedCount * 16));
    }

    public void AppendLiteral(string markup) => Text.Append(markup);

    public void AppendFormatted(string? text) => Html.Escape(Text, text);

    public void AppendFormatted(int number) => Text.Append(CultureInfo.InvariantCulture, $"{number:#,0}");

    public void AppendFormatted(long number) => Text.Append(CultureInfo.InvariantCulture, $"{number:#,0}");

    public void AppendFormatted(Markup markup) => Text.Append(markup.ToString());
}
