using TagGuard.Facts;
using TagGuard.Judgements.Detect;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Incidents;

/// <summary>New tags that no release brings, recognised by their name or by their count.</summary>
static class NewTags
{
    /// <summary>A count that grew of itself ends in three zeros once in 1,000; one that was ordered nearly always does.</summary>
    const double Round = 1000;

    /// <summary>What users of a new tag and users who are new to all tags may differ by, as a part.</summary>
    const double MostApart = 0.2;

    /// <summary>What a family lost and a tag without a name got may differ by: as a part, and in sigmas of a count.</summary>
    const double MostApartOfAFamily = 0.02, MostSigmas = 4;

    static readonly string[] NoNames = ["", "null", "nan", "undefined", "n/a", @"\n", "(empty)", "(null)"];

    /// <summary>Python's word for NULL; in small letters it is a word that people use.</summary>
    const string PythonNone = "None";

    /// <summary>Takes them out of what was found, each with its cause and with the totals that rose by as many users.</summary>
    public static IEnumerable<OddTag> TakeOdd(UnclaimedFindings found)
    {
        foreach (var tag in found.TakeTags(tag =>
            tag is { Finding: Finding.New, Shared: null } && (HasNoName(tag.Series.Key, found.Families) || IsRound(tag.Value))))
        {
            if (HasNoName(tag.Series.Key, found.Families))
            {
                yield return Emptied(tag, found) ?? new(tag, [tag], Causes.Named("cause.tag_without_name", ("value", tag.Value)));
                continue;
            }
            var risen = found.TakeTotals(total => IsRisenBy(total, tag.Value!.Value));
            Judgement[] lifted = risen.Count == 0 ? []
                : [.. found.TakeTags(other => IsLiftedBy(other, tag)), .. found.TakeFamilies(family => IsLiftedBy(family, tag))];
            yield return new(tag, [tag, .. risen, .. lifted], risen.Count > 0
                ? Causes.Named("cause.test_users", ("value", tag.Value), ("risen", risen[0].Value - risen[0].Expected))
                : Causes.Named("cause.round_number", ("value", tag.Value)));
        }
    }

    /// <summary>A family that lost the users that a tag without a name has: its values came empty. Null when none did.</summary>
    static OddTag? Emptied(Judgement nameless, UnclaimedFindings found)
    {
        var users = nameless.Value ?? 0;
        var families = found.FamilyMoves.Where(family =>
            UnclaimedFindings.IsMove(family, lower: true)
            && Math.Abs(Renames.Users(family) - users) <= Math.Max(MostApartOfAFamily * users, MostSigmas * Math.Sqrt(users))).ToList();
        if (families is not [var emptied])
            return null;
        var name = emptied.Series.Key;
        var tags = found.TakeTags(tag => found.Families.Of(tag.Series.Key) == name && UnclaimedFindings.IsMove(tag, lower: true));
        found.TakeFamilies(family => family == emptied);
        var all = tags is [{ Series.Key: var first }, ..] && first.Length > name.Length && first.StartsWith(name, StringComparison.Ordinal)
            ? first[..(name.Length + 1)] + "*"
            : name;
        return new(
            emptied,
            [emptied, .. tags, nameless],
            Causes.Named("cause.tag_emptied", ("from", all)),
            new Phrase(
                "incident.went_over",
                ("from", all),
                ("to", nameless.Series.Key),
                ("before", Math.Round(Renames.Users(emptied))),
                ("now", users)));
    }

    /// <summary>Whether no more users came to a tag or family than a test population has.</summary>
    static bool IsLiftedBy(Judgement other, Judgement population) =>
        other is { Finding: Finding.Rise, Shared: null or { Extent: not Extent.Renamed } }
        && Renames.Users(other) <= (1 + MostApart) * population.Value;

    /// <summary>Whether a tag has no name, or a word for none in place of its value: "", "os:", "os:null".</summary>
    public static bool HasNoName(string tag, TagFamilies families)
    {
        var value = families.ValueOf(tag).TrimEnd(':', '/', '|', '=', '#', '_');
        return value == PythonNone || NoNames.Contains(value.Trim().ToLowerInvariant());
    }

    static bool IsRound(double? users) => users >= Round && users % Round == 0;

    static bool IsRisenBy(Judgement total, double users) =>
        total is { Finding: Finding.Rise, Value: double value, Expected: double expected } && Math.Abs(value - expected - users) <= MostApart * users;
}

/// <summary>A new tag that no release brought.</summary>
/// <param name="Lead">What shows it best.</param>
/// <param name="Members">All that it explains.</param>
/// <param name="Causes">Why.</param>
/// <param name="What">What broke, where more than a new tag did; null for the new tag.</param>
sealed record OddTag(Judgement Lead, IReadOnlyList<Judgement> Members, Causes Causes, Phrase? What = null);
