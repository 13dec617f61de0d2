namespace TagGuard.RealServerTests.Commands;

/// <summary>A text that a client, a shell or a server may mistake for something else.</summary>
static class OddText
{
    public const string Text =
        "it's \"q\" `t` [b] back\\slash \\ 标签😀👨‍👩‍👧é  %_?:1$x@date ${hiveconf:x} -- /* ; # !null\ttab\nline\rend";

    /// <summary>Between quotes of Hive's and Spark's SQL.</summary>
    public static string Literal { get; } =
        Text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
