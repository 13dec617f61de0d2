using TagGuard.Phrases;

namespace TagGuard.Reports;

/// <summary>Names one after another: "tags, crowds and 3 more".</summary>
public static class Listing
{
    /// <param name="names">The names; at least one.</param>
    /// <param name="most">How many are named at most.</param>
    public static Phrase Of(IReadOnlyList<Phrase> names, int most)
    {
        var list = names[0];
        foreach (var name in names.Take(most).Skip(1))
            list = new Phrase("report.and", ("first", list), ("next", name));
        return names.Count > most ? new Phrase("report.and_more", ("first", list), ("count", names.Count - most)) : list;
    }
}
