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
    public static async Task<FoundFamilies?> OfAsync(
        PlanSession session, string plan, CheckPlan check, DateOnly date, CancellationToken cancellationToken)
    {
        if (check.Measure is not VolumeMeasure)
            return null;
        var stored = await session.Store.DayAsync(plan, date, 0, cancellationToken);
        var tags = stored.Series.Where(series => series.Id.IsTag && series.Id.Check == check.Name && series.Today is not null)
            .Select(series => series.Id.Key).ToList();
        var known = stored.TagsOf(check.Name);
        var families = check.Measure.FamiliesBy(known);
        return tags.Count == 0 ? null
            : new FoundFamilies(families, FamilySizes.Of(families, tags), tags.Count(tag => known.Find(tag) is not null), tags.Count);
    }

    /// <summary>"guessed: push (19 tags), os (3 tags) and 4 more; 2 tags have none".</summary>
    public static string Told(FoundFamilies found)
    {
        var list = found.Sizes.Families.Count == 0 ? new Phrase("console.no_family") : Listing.Of(
            [.. found.Sizes.Families.Select(one => new Phrase("console.family_size", ("family", one.Family), ("count", one.Tags)))], MostNamed);
        return Spoken.Say("console.families", ("how", How(found.Families, found)), ("list", list))
            + (found.Sizes.Without > 0 ? Spoken.Say("console.without_family", ("count", found.Sizes.Without)) : "");
    }

    static Phrase How(TagFamilies families, FoundFamilies found) => families switch
    {
        GuessedFamilies => new Phrase("console.families_guessed", ("separators", GuessedFamilies.Separators)),
        SeparatedFamilies { Separator: var separator } => new Phrase("console.families_separated", ("separator", separator)),
        PatternFamilies { Pattern: var pattern } => new Phrase("console.families_matched", ("pattern", pattern.Text)),
        TabledFamilies { Others: var others } => new Phrase(
            "console.families_tabled", ("listed", found.InTable), ("count", found.Tags), ("others", How(others, found))),
        _ => Phrase.Text(families.Name),
    };

    public static JsonObject Json(FoundFamilies found)
    {
        var json = new JsonObject
        {
            ["made_by"] = found.Families.Name,
            ["families"] = found.Sizes.Families.Count,
            ["tags_without"] = found.Sizes.Without,
            ["largest"] = new JsonObject(found.Sizes.Families.Take(MostNamed).Select(one => KeyValuePair.Create(one.Family, (JsonNode?)one.Tags))),
        };
        if (found.Families is TabledFamilies)
            json["tags_in_table"] = found.InTable;
        return json;
    }
}

/// <summary>The families of the tags of a date.</summary>
/// <param name="Families">How they were made.</param>
/// <param name="Sizes">How many tags each has.</param>
/// <param name="InTable">How many tags are in the warehouse's own table of tags.</param>
/// <param name="Tags">How many there are.</param>
sealed record FoundFamilies(TagFamilies Families, FamilySizes Sizes, int InTable, int Tags);
