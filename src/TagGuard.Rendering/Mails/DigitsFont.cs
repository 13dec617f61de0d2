using ScottPlot;
using SkiaSharp;

namespace TagGuard.Rendering.Mails;

/// <summary>Digits, and what stands beside them in numbers and dates, cut out of DejaVu Sans: a machine without fonts would draw none.</summary>
sealed class DigitsFont : IFontResolver
{
    public const string Name = "TagGuard Digits";

    static readonly Lazy<SKTypeface> Typeface = new(Read);

    static readonly Lazy<DigitsFont> Resolver = new(() =>
    {
        var font = new DigitsFont();
        Fonts.FontResolvers.Insert(0, font);
        return font;
    });

    /// <summary>Lets pictures be drawn with it.</summary>
    public static void Use() => _ = Resolver.Value;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        fontName == Name ? Typeface.Value : null;

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Name ? Typeface.Value : null;

    static SKTypeface Read()
    {
        using var stream = typeof(DigitsFont).Assembly.GetManifestResourceStream("assets/digits.ttf")
            ?? throw new InvalidOperationException("assets/digits.ttf is not embedded.");
        return SKTypeface.FromStream(stream);
    }
}
