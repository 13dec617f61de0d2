using System.Text.Json.Nodes;
using TagGuard.Application;
using TagGuard.Facts;
using TagGuard.Measurements;
using TagGuard.Phrases;
using TagGuard.Plans;
using TagGuard.Reports;

namespace TagGuard.Jobs.Terminal;

/// <summary>Which families the tags of a check make, for `doctor` and `prove`: a guess is good only as long as somebody sees it.</summary>
static class FamilyLines
{
    const int MostNamed = 5;

    /// <summary>The families of the tags that are stored of a date; null for a check without tags, or without a number on that date.</summary>
    public static async Task<FamilySizes?> OfAsync(
        PlanSession session, string plan, CheckPlan check, DateOnly date, CancellationToken cancellationToken)
    {
        if (check.Measure is not VolumeMeasure)
            return null;
        var stored = await session.Store.DayAsync(plan, date, 0, cancellationToken);
        var tags = stored.Series.Where(series => series.Id.IsTag && series.Id.Check == check.Name && series.Today is not null)
            .Select(series => series.Id.Key).ToList();
        return tags.Count == 0 ? null : FamilySizes.Of(check.Measure.Families, tags);
    }

    /// <summary>"guessed: push (19 tags), os (3 tags) and 4 more; 2 tags have none".</summary>
    public static string Told(TagFamilies families, FamilySizes sizes)
    {
        var how = families switch
        {
            GuessedFamilies => new Phrase("console.families_guessed", ("separators", GuessedFamilies.Separators)),
            SeparatedFamilies { Separator: var separator } => new Phrase("console.families_separated", ("separator", separator)),
            PatternFamilies { Pattern: var pattern } => new Phrase("console.families_matched", ("pattern", pattern.Text)),
            _ => Phrase.Text(families.Name),
        };
        var list = sizes.Families.Count == 0 ? new Phrase("console.no_family") : Listing.Of(
            [.. sizes.Families.Select(one => new Phrase("console.family_size", ("family", one.Family), ("count", one.Tags)))], MostNamed);
        return Spoken.Say("console.families", ("how", how), ("list", list))
            + (sizes.Without > 0 ? Spoken.Say("console.without_family", ("count", sizes.Without)) : "");
    }

    public static JsonObject Json(TagFamilies families, FamilySizes sizes) => new()
    {
        ["made_by"] = families.Name,
        ["families"] = sizes.Families.Count,
        ["tags_without"] = sizes.Without,
        ["largest"] = new JsonObject(sizes.Families.Take(MostNamed).Select(one => KeyValuePair.Create(one.Family, (JsonNode?)one.Tags))),
    };
}
