using FsCheck;
using FsCheck.Fluent;

namespace TagGuard.Tests.Yaml;

public class PlanFuzzTests
{
    static readonly string[] Tokens =
    [
        "",
        ":",
        "-",
        "{",
        "}",
        "[",
        "]",
        ",",
        "\"",
        "'",
        "\n",
        "\n\n  ",
        "\t",
        "&a ",
        "*a",
        "!x ",
        "${env:",
        "${",
        "$${",
        "}",
        "%",
        "#",
        "|\n",
        ">\n",
        "? ",
        "<<: ",
        "---\n",
        "...\n",
        "null",
        "~",
        "\0",
        "\u0085",
        "\uE000",
        "\\U0011FFFF",
        "\"\\x",
        "99999999999999999999",
        "-",
        "1e999",
        "{date:",
        "name",
        "rows",
        "{}",
        "[]",
        "\u6807\u7B7E",
        "@",
        "`",
        "\r",
    ];

    [Fact]
    public void AMutilatedPlanIsReadOrRefusedWithMistakesAndNothingElse()
    {
        var mutations = Gen.ListOf(
            from at in Gen.Choose(0, SomePlan.Sample.Length)
            from length in Gen.Frequency((2, Gen.Constant(0)), (2, Gen.Choose(1, 3)), (1, Gen.Choose(4, 200)))
            from token in Gen.Elements(Tokens)
            select (at, length, token));

        Prop.ForAll(mutations.ToArbitrary(), changes =>
        {
            var text = SomePlan.Sample;
            foreach (var (at, length, token) in changes.Take(12))
            {
                var from = Math.Min(at, text.Length);
                text = text[..from] + token + text[Math.Min(from + length, text.Length)..];
            }
            AssertReadOrRefused(text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(600));
    }

    [Fact]
    public void RandomTextIsRefusedWithMistakesAndNothingElse() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => AssertReadOrRefused(text ?? "")).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 100_000)]
    [InlineData("a:\n ", 2_000)]
    public void DeepNestingIsRefusedAndDoesNotOverflowTheStack(string part, int times) =>
        Assert.NotEmpty(SomePlan.Mistakes(string.Concat(Enumerable.Repeat(part, times))));

    [Fact]
    public void AliasesOfAliasesDoNotGrowWithoutEnd()
    {
        var laughs = string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));

        Assert.Contains("too large", Assert.Single(SomePlan.Mistakes("a0: &a0 lol\n" + laughs)).Message, StringComparison.Ordinal);
    }

    static void AssertReadOrRefused(string text)
    {
        var lines = text.Split('\n', '\r', '\u0085', '\u2028', '\u2029').Length;
        foreach (var mistake in SomePlan.Mistakes(text))
        {
            Assert.InRange(mistake.Line, 1, lines);
            Assert.True(mistake.Column >= 1);
            Assert.EndsWith(".", mistake.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(SomePlan.Password, mistake.Message, StringComparison.Ordinal);
        }
    }
}
