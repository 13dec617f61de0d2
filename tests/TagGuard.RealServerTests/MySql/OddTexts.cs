using FsCheck;
using FsCheck.Fluent;

namespace TagGuard.RealServerTests.MySql;

/// <summary>Texts that break what is put together from text: quotes, backslashes, comments, marks of parameters, NUL, emoji, 64 KB of each.</summary>
static class OddTexts
{
    static readonly Gen<string> Letters = Gen.Elements(
        "'",
        "\"",
        "\\",
        "`",
        "\0",
        "\n",
        "\r",
        "\u001a",
        "%",
        "_",
        "?",
        "@c",
        "--",
        "/*",
        ";",
        "ä",
        "中",
        "😀",
        "x");

    public static Arbitrary<string> Any { get; } = Gen.OneOf(
        Letters.ListOf().Select(parts => string.Concat(parts)),
        ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get).Where(text => !text.Any(char.IsSurrogate)),
        Letters.Select(letter => string.Concat(Enumerable.Repeat(letter, 64 * 1024)))).ToArbitrary();
}
