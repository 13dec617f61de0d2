using System.Globalization;
using TagGuard.Sources;

namespace TagGuard.SourceContracts;

/// <summary>What the contracts' tables hold.</summary>
static class Given
{
    public const string Yesterday = "20260101";
    public const string Today = "20260102";

    /// <summary>A partition that is not there.</summary>
    public const string Tomorrow = "20260103";

    public static readonly DateOnly Date = new(2026, 1, 2);

    /// <summary>Two orders of yesterday, and three of today.</summary>
    public static SourceTable Orders { get; } =
        new(
            "orders",
            "data_date",
            [new("data_date", ColumnKind.Text), new("n", ColumnKind.Whole), new("name", ColumnKind.Text), new("ordered_at", ColumnKind.Time)],
            [Yesterday, "1", "a", "2026-01-01 08:00:00"],
            [Yesterday, "2", "b", "2026-01-01 09:00:00"],
            [Today, "1", "a", "2026-01-02 08:00:00"],
            [Today, "2", "it's", "2026-01-02 09:00:00.5"],
            [Today, "3", null, "2026-01-03 00:00:00"]);

    public static ColumnMatch Equal(string column, string value) => new(column, Comparison.Equal, value);

    /// <summary>Texts that break what is put together from text.</summary>
    public static TheoryData<string> OddTexts { get; } =
        ["it's", "x' or '1'='1", "\"quoted\" `ticked` [bracketed]", "back\\slash", "\\", "标签😀👨‍👩‍👧é",
            " spaces ", "%_?:1$x@date", "-- /* ;", "null"];

    /// <summary>Names that must be quoted, each in a way that one system or another gets wrong.</summary>
    public static TheoryData<string> OddNames { get; } =
    [
        "order fact",
        "select",
        "it's",
        "a\"b",
        "a`b",
        "x]y",
        "n; drop table orders",
        "n -- x",
        "标签",
        "Data-Date",
        "1st",
        "@date",
        "$date",
        "back\\slash",
    ];

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
