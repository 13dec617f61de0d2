using TagGuard.Facts;
using TagGuard.Judgements.Detect;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Incidents;

/// <summary>An incident with what it is sorted by.</summary>
sealed record RankedIncident(Incident Incident, Extent Extent, double Weight)
{
    /// <summary>Whether it only counts what there is no room for: nothing to begin with.</summary>
    public bool IsRest { get; init; }
}

/// <summary>Words an incident: its title with the number, its probable cause, what to do first.</summary>
sealed class IncidentText(string owner, string runbook, TagFamilies families)
{
    /// <summary>Tags that the title of a renaming names on each side.</summary>
    const int MostNamed = 6;

    /// <summary>People, and what computes tags, that an incident names.</summary>
    const int MostKnown = 3;

    public RankedIncident Of(
        Extent extent,
        Judgement lead,
        IReadOnlyList<Judgement> members,
        Phrase what,
        bool isRest = false,
        string name = "",
        Finding? finding = null,
        Causes? causes = null,
        Phrase? said = null)
    {
        var found = finding ?? lead.Finding;
        var (why, doFirst) = isRest ? Causes.OfMany : causes ?? Causes.Of(found, extent, lead, name);
        var incident = new Incident
        {
            Verdict = members.Max(member => member.Verdict),
            Finding = found,
            Blocking = members.Any(member => member.ClosesGate),
            Check = lead.Series.Check,
            What = what,
            Why = Computed(extent, members) is { } by ? why.And(by) : why,
            DoFirst = string.IsNullOrWhiteSpace(runbook) ? doFirst : Phrase.Text(runbook),
            Owner = OwnerOf(extent, members),
            Size = members.Count,
            Lead = lead.Series,
            Said = said ?? lead.Said,
            Members = members.Select(member => member.Series).ToList().OnceEach(),
        };
        return new RankedIncident(incident, extent, members.Max(UnclaimedFindings.Weight)) { IsRest = isRest };
    }

    /// <summary>Whom to tell: who has the tags, the one with most first; the check's owner where it is about all tags, or nobody has them.</summary>
    string OwnerOf(Extent extent, IReadOnlyList<Judgement> members) =>
        extent != Extent.Check && Known(members, entry => entry.Owner) is { Length: > 0 } owners ? owners : owner;

    /// <summary>What computes the tags; null where it is about all of them, or nobody says.</summary>
    Phrase? Computed(Extent extent, IReadOnlyList<Judgement> members) =>
        extent != Extent.Check && Known(members, entry => entry.Lineage) is { Length: > 0 } by
            ? new Phrase("incident.computed_by", ("by", by))
            : null;

    /// <summary>What is known of most of the tags, and of the others; empty when nothing is.</summary>
    string Known(IReadOnlyList<Judgement> members, Func<TagEntry, string?> what)
    {
        var known = members.Where(member => member.Series.IsTag).Select(tag => families.EntryOf(tag.Series.Key) is { } entry ? what(entry) : null)
            .OfType<string>().CountBy(one => one).OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => one.Key).ToList();
        return string.Join(", ", known.Take(MostKnown)) + (known.Count > MostKnown ? ", …" : "");
    }

    /// <summary>"All tags: 188 of 204 lower, total 4,290 -> 2,145 (-50%)".</summary>
    public RankedIncident All(
        IReadOnlyList<Judgement> tags,
        IReadOnlyList<Judgement> families,
        IReadOnlyList<Judgement> totals,
        int judged,
        Judgement? total,
        bool lower,
        SharedMove? together = null)
    {
        var zeros = tags.All(tag => tag.Finding == Finding.Zero);
        var shown = Shown(tags, totals, total, lower, together);
        var what = new Phrase(
            zeros ? "incident.all_zero"
                : lower ? "incident.all_lower"
                : "incident.all_higher",
            ("count", tags.Count),
            ("judged", judged));
        if (shown is { Series.Key: "", Expected: > 0 })
        {
            var (before, now) = (shown.Expected!.Value, shown.Value!.Value);
            (string, object?)[] moved = [("what", what), ("before", before), ("now", now), ("change", (now - before) / before * 100)];
            what = shown.Series.Metric == Metrics.TaggedUsers
                ? new Phrase("incident.with_total", moved)
                : new Phrase("incident.with_metric", [.. moved, ("metric", shown.Series.Metric)]);
        }
        else if (together is not null && SharedEvidence.Of(shown, together) is { } change)
            what = new Phrase("incident.with_change", ("what", what), ("change", change["change"]));
        return Of(
            Extent.Check,
            shown,
            [.. totals, .. tags, .. families],
            what,
            finding: zeros ? Finding.Zero : lower ? Finding.Drop : Finding.Rise,
            causes: together is { Shards: > 0 and var shards } ? Causes.OfShards(shards) : null,
            said: SharedEvidence.Of(shown, together));
    }

    /// <summary>What shows best that all tags moved: the users with any tag where they went along, else another total, else the largest
    /// tag.</summary>
    static Judgement Shown(
        IReadOnlyList<Judgement> tags,
        IReadOnlyList<Judgement> totals,
        Judgement? total,
        bool lower,
        SharedMove? together)
    {
        var counts = totals.Where(one => one is { Value: not null, Expected: > 0 }).ToList();
        return total is { Expected: > 0 } && (totals.Contains(total) || together is null || SharedEvidence.Follows(total, together, lower)) ? total
            : counts.Count > 0 ? UnclaimedFindings.Largest(counts)
            : SharedEvidence.Clearest(tags, together);
    }

    /// <summary>"Family A131U001: all 9 tags at zero (2,412 users before)".</summary>
    public RankedIncident Family(
        string family,
        IReadOnlyList<Judgement> tags,
        IReadOnlyList<Judgement> families,
        int judged,
        Finding finding,
        SharedMove? together = null) =>
        Group(Extent.Family, family, moved => new Phrase("incident.family", ("family", family), moved), tags, families, judged, finding, together);

    /// <summary>"Family A131U001: 2,296 users, 4.8% below the 2,412 expected on a Friday".</summary>
    public RankedIncident FamilyUsers(Judgement move, IReadOnlyList<Judgement> tags) =>
        Of(
            Extent.Family,
            move,
            [move, .. tags],
            new Phrase("incident.family", ("family", move.Series.Key), ("moved", FoundIn(move.Said))),
            name: move.Series.Key);

    /// <summary>"Tags from dw.order_fact: 40 of 45 tags lower, 12,400 -> 6,100 users".</summary>
    public RankedIncident Upstream(IReadOnlyList<Judgement> tags, IReadOnlyList<Judgement> families, SharedMove together, Finding finding) =>
        Group(
            Extent.Upstream,
            together.Name,
            moved => new Phrase("incident.upstream", ("table", together.Name), moved),
            tags,
            families,
            together.Of,
            finding,
            together);

    /// <summary>"Part of the tags: 31 of 204 tags lower, 12,400 -> 6,100 users".</summary>
    public RankedIncident Part(IReadOnlyList<Judgement> tags, IReadOnlyList<Judgement> families, SharedMove together, Finding finding) =>
        Group(Extent.Part, "", moved => new Phrase("incident.part", moved), tags, families, together.Of, finding, together);

    /// <summary>"os:android became os:Android: 38,226 -> 38,214 users; family os 61,500 -> 61,488 in all".</summary>
    public RankedIncident Renamed(IReadOnlyList<Judgement> tags, IReadOnlyList<Judgement> families, UnclaimedFindings found)
    {
        List<Judgement> from = [.. tags.Where(tag => tag.Finding is Finding.Zero or Finding.Drop)], to = [.. tags.Where(tag => !from.Contains(tag))];
        var inOtherCase = tags[0].Shared!.Name == Renames.InOtherCase;
        var what = new Phrase(
            from.All(tag => tag.Finding == Finding.Zero) && to.All(tag => tag.Finding == Finding.New) ? "incident.became" : "incident.went_over",
            ("from", NamesOf(from)),
            ("to", NamesOf(to)),
            ("before", Math.Round(from.Sum(Renames.Users))),
            ("now", Math.Round(to.Sum(Renames.Users))));
        string[] names = [.. tags.Select(tag => found.Families.Of(tag.Series.Key)).Distinct()];
        if (names is [{ Length: > 0 } family])
        {
            var sum = found.Of(family);
            var (before, now) = found.UsersOf(family) is { } users ? (users.Expected!.Value, users.Value!.Value) : (sum.Before, sum.Now);
            what = new Phrase("incident.in_family", ("what", what), ("family", family), ("before", Math.Round(before)), ("now", now));
        }
        return Of(
            Extent.Renamed,
            UnclaimedFindings.Largest(from),
            [.. from, .. to, .. families],
            what,
            causes: inOtherCase ? Causes.Named("cause.renamed_case")
                : to.Any(tag => NewTags.HasNoName(tag.Series.Key, found.Families)) ? Causes.Named("cause.tag_emptied", ("from", NamesOf(from)))
                : null);
    }

    /// <summary>The largest of some tags by name: each at its place on both sides.</summary>
    string NamesOf(List<Judgement> tags) => string.Join(
        ", ",
        tags.OrderBy(tag => Renames.Folded(tag.Series.Key), StringComparer.Ordinal).Take(MostNamed).Select(tag => families.Named(tag.Series.Key)))
        + (tags.Count > MostNamed ? ", …" : "");

    /// <summary>Tags that are told under a name. A family that was itself seen to move shows it best.</summary>
    RankedIncident Group(
        Extent extent,
        string name,
        Func<(string, object?), Phrase> say,
        IReadOnlyList<Judgement> tags,
        IReadOnlyList<Judgement> families,
        int judged,
        Finding finding,
        SharedMove? together)
    {
        var lead = families.FirstOrDefault(family => extent == Extent.Family && family.Series.Key == name)
            ?? SharedEvidence.Clearest(tags, together);
        return Of(
            extent,
            lead,
            [.. tags, .. families],
            say(("moved", Moved(tags, judged, finding))),
            name: name,
            finding: finding,
            said: SharedEvidence.Of(lead, together));
    }

    /// <summary>"Slow drift in 3 tags; most: A131U001_002 +38% in four weeks".</summary>
    public RankedIncident Drift(IReadOnlyList<Judgement> tags)
    {
        var ranked = tags.OrderByDescending(UnclaimedFindings.Moved).ThenBy(tag => tag.Series).ToList();
        return Of(
            Extent.Tag,
            ranked[0],
            ranked,
            new Phrase("incident.drift", ("count", tags.Count), ("key", families.Named(ranked[0].Series.Key)), ("found", FoundIn(ranked[0].Said))));
    }

    /// <summary>What a sentence found, without the limits and whatever else follows it; the sentence where it names nothing apart.</summary>
    public static Phrase FoundIn(Phrase said)
    {
        var first = said.AsJoined is [var sentence, ..] ? sentence : said;
        return first["found"] as Phrase ?? first;
    }

    static Phrase Moved(IReadOnlyList<Judgement> tags, int judged, Finding finding)
    {
        var many = tags.Count == judged
            ? new Phrase("incident.all_tags", ("count", judged))
            : new Phrase("incident.some_tags", ("count", tags.Count), ("judged", judged));
        var before = Math.Round(tags.Sum(tag => SharedEvidence.ByOwnPast(tag) ?? 0));
        var now = tags.Sum(tag => tag.Value ?? 0);
        return finding switch
        {
            Finding.Zero => new Phrase("incident.moved_zero", ("many", many), ("before", before)),
            Finding.StaleCopy => new Phrase("incident.moved_copy", ("many", many)),
            Finding.Drop => new Phrase("incident.moved_lower", ("many", many), ("before", before), ("now", now)),
            _ => new Phrase("incident.moved_higher", ("many", many), ("before", before), ("now", now)),
        };
    }
}
