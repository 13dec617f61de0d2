using TagGuard.Facts;

namespace TagGuard.Judgements.Incidents;

/// <summary>New tags that no release brings, recognised by their name or by their count.</summary>
static class NewTags
{
    /// <summary>A count that grew of itself ends in three zeros once in 1,000; one that was ordered nearly always does.</summary>
    const double Round = 1000;

    /// <summary>What users of a new tag and users who are new to all tags may differ by, as a part.</summary>
    const double MostApart = 0.2;

    static readonly string[] NoNames = ["", "null", "nan", "undefined", "n/a", @"\n", "(empty)", "(null)"];

    /// <summary>Python's word for NULL; in small letters it is a word that people use.</summary>
    const string PythonNone = "None";

    /// <summary>Takes them out of what was found, each with its cause and with the totals that rose by as many users.</summary>
    public static IEnumerable<(Judgement Lead, IReadOnlyList<Judgement> Members, Causes Causes)> TakeOdd(UnclaimedFindings found)
    {
        foreach (var tag in found.TakeTags(tag => tag is { Finding: Finding.New, Shared: null } && (HasNoName(tag.Series.Key) || IsRound(tag.Value))))
        {
            if (HasNoName(tag.Series.Key))
            {
                yield return (tag, [tag], Causes.Named("cause.tag_without_name", ("value", tag.Value)));
                continue;
            }
            var risen = found.TakeTotals(total => IsRisenBy(total, tag.Value!.Value));
            yield return (tag, [tag, .. risen], risen.Count > 0
                ? Causes.Named("cause.test_users", ("value", tag.Value), ("risen", risen[0].Value - risen[0].Expected))
                : Causes.Named("cause.round_number", ("value", tag.Value)));
        }
    }

    /// <summary>Whether a tag has no name, or a word for none in place of its value: "", "os:", "os:null".</summary>
    public static bool HasNoName(string tag)
    {
        var family = TagFamily.Of(tag);
        var value = family.Length > 0 && tag.Length > family.Length ? tag[(family.Length + 1)..] : tag.TrimEnd(':', '/', '|', '=', '#', '_');
        return value == PythonNone || NoNames.Contains(value.Trim().ToLowerInvariant());
    }

    static bool IsRound(double? users) => users >= Round && users % Round == 0;

    static bool IsRisenBy(Judgement total, double users) =>
        total is { Finding: Finding.Rise, Value: double value, Expected: double expected } && Math.Abs(value - expected - users) <= MostApart * users;
}
