using System.Text;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>The keys with which a plan says how a CSV file is written.</summary>
public sealed record CsvPlan : IPlanPart
{
    /// <summary>UTF-8 that must begin with a byte order mark, as Excel wants it.</summary>
    public const string Utf8WithMark = "utf-8-bom";

    [PlanKey("utf-8 (without byte order mark), utf-8-bom, or another such as gb18030. Default utf-8.", Example = "gb18030")]
    public string Encoding { get; init; } = "utf-8";

    [PlanKey("What stands between two columns. Default a comma.", Example = "\";\"")]
    public string Separator { get; init; } = ",";

    [PlanIgnore]
    public CsvForm Form => new(Separator[0], Encoding);

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Separator.Length != 1 || Separator[0] is '"' or '\r' or '\n' || !char.IsAscii(Separator[0]))
            yield return ("separator", "A separator is one character of ASCII, no quote and no line break: write \",\" or \";\" or \"\\t\".");
        if (Encoding != Utf8WithMark
            && !System.Text.Encoding.GetEncodings().Any(known => known.Name.Equals(Encoding, StringComparison.OrdinalIgnoreCase))
            && CodePagesEncodingProvider.Instance.GetEncoding(Encoding) is null)
            yield return ("encoding", $"No encoding is named {Encoding}: write utf-8, utf-8-bom, gb18030 or another of the IANA's names.");
    }
}
