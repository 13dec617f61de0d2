using TagGuard.Facts;
using TagGuard.Judgements.Detect;
using TagGuard.Judgements.Rules;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Incidents;

/// <summary>Puts findings together that belong together, so that one fault is told once.</summary>
/// <remarks>
/// From the widest cause to the narrowest: a copy or duplicates explain what the tags show; then what moved all tags, then families, then single
/// tags. Each step takes the findings it explains away from the next.
/// </remarks>
public static class IncidentSorter
{
    /// <summary>Single tags that get a line of their own; the rest share one.</summary>
    const int MostSingles = 10;

    const double MostOfAll = 0.5;

    /// <summary>Tags are not spread evenly over rows: what one lost to rows without an id may be so many times its part of them.</summary>
    const double MostOfTheirPart = 2;

    /// <summary>Which users were hit is a draw: a tag may lose so many sigmas more or less than its part.</summary>
    const double LuckOfTheDraw = 4;

    /// <summary>The part of a family's users that one of its tags that is at zero must have had to be told in the family's place.</summary>
    const double MostOfAFamily = 0.8;

    /// <summary>Incidents of one check, worst first.</summary>
    /// <param name="judgements">All judgements of the check.</param>
    /// <param name="owner">Whom to tell.</param>
    /// <param name="runbook">What the plan says to do first; empty for the usual advice.</param>
    /// <param name="families">How its tags are put into families; guessed unless given.</param>
    public static IReadOnlyList<Incident> From(
        IReadOnlyList<Judgement> judgements, string owner, string runbook, TagFamilies? families = null)
    {
        var found = new UnclaimedFindings(judgements, families ?? TagFamilies.Guessed);
        if (found.IsEmpty)
            return [];
        var tell = new IncidentText(owner, runbook, found.Families);
        RankedIncident[] told =
        [
            .. Copies(found, tell),
            .. WithoutIds(found, tell),
            .. Duplicated(found, tell),
            .. Unmeasured(found, tell),
            .. WithoutHistory(found, tell),
            .. CutOff(found, tell),
            .. OfShared(found, tell),
            .. All(found, tell),
            .. Families(found, tell),
            .. FamilyMoves(found, tell),
            .. Totals(found, tell),
            .. Singles(found, tell),
        ];
        return [.. told
            .OrderByDescending(one => one.Incident.Verdict)
            .ThenByDescending(one => one.Incident.Blocking)
            .ThenBy(one => one.IsRest)
            .ThenBy(one => one.Extent)
            .ThenByDescending(one => one.Incident.Size)
            .ThenByDescending(one => one.Weight)
            .ThenBy(one => one.Incident.Lead)
            .ThenBy(one => one.Incident.Finding)
            .Select(one => one.Incident)];
    }

    static IEnumerable<RankedIncident> Copies(UnclaimedFindings found, IncidentText tell)
    {
        var copies = found.TakeTotals(total => total.Finding == Finding.StaleCopy);
        if (copies.Count > 0)
            yield return tell.Of(
                Extent.Check,
                copies[0],
                [.. copies, .. found.TakeTags(_ => true), .. found.TakeFamilies(_ => true)],
                new Phrase("incident.copy", ("check", copies[0].Series.Check), ("said", copies[0].Said)));
    }

    /// <summary>Rows of nobody, and what tags and totals lost to them: of each no more than its part of these rows.</summary>
    static IEnumerable<RankedIncident> WithoutIds(UnclaimedFindings found, IncidentText tell)
    {
        foreach (var nameless in found.TakeTotals(total => total is { Finding: Finding.NoId, Series.Metric: Metrics.RowsWithoutUser }))
        {
            Judgement[] members =
            [
                nameless,
                .. found.TakeTotals(total => total.Series.Metric != Metrics.ActiveUsers && IsLostTo(nameless, total)),
                .. found.TakeTags(tag => IsLostTo(nameless, tag)),
                .. found.TakeFamilies(family => IsLostTo(nameless, family)),
            ];
            yield return tell.Of(Extent.Check, nameless, members, Of(nameless.Series.Check, nameless.Said));
        }
    }

    static bool IsLostTo(Judgement nameless, Judgement other) =>
        other.Finding == Finding.Drop
        && nameless is { Value: > 0 and var lost, Said: var said }
        && said["rows"] is > 0.0 and double rows
        && SharedEvidence.ByOwnPast(other) is double before
        && lost * Math.Min(before / rows, 1) is var part
        && (IsOfAll(other, MostOfTheirPart * lost / rows)
            || before - other.Value <= Math.Max(MostOfTheirPart * part, part + LuckOfTheDraw * Math.Sqrt(part)));

    /// <summary>Whether a tag is told with all others, which fell together by no more than this.</summary>
    static bool IsOfAll(Judgement tag, double fall) =>
        tag.Shared is { Extent: Extent.Check } && tag.Parts?.CommonFactor is double common && 1 - common <= fall;

    static IEnumerable<RankedIncident> Duplicated(UnclaimedFindings found, IncidentText tell)
    {
        var repeated = found.TakeTotals(total => total.Finding == Finding.Duplicates);
        if (repeated.Count == 0)
            yield break;
        Judgement[] members =
        [
            .. repeated,
            .. found.TakeTotals(total => total is { Finding: Finding.Rise, Series.Metric: Metrics.Rows or Metrics.TaggedUsers }),
            .. found.TakeTags(IsRepeated),
            .. found.TakeFamilies(IsRepeated),
        ];
        yield return tell.Of(Extent.Check, repeated[0], members, Of(repeated[0].Series.Check, repeated[0].Said));
    }

    /// <summary>Repeated rows lift tags unevenly: one that is low only beside the others lost nobody.</summary>
    static bool IsRepeated(Judgement one) =>
        one.Finding == Finding.Rise || (one.Finding == Finding.Drop && one.Value >= SharedEvidence.ByOwnPast(one) && one.Value < one.Expected);

    static IEnumerable<RankedIncident> Unmeasured(UnclaimedFindings found, IncidentText tell)
    {
        // One source that does not answer misses every number of the check.
        Judgement[] missed =
        [
            .. found.TakeTotals(total => total.Finding is Finding.Missing or Finding.WrongQuestion),
            .. found.TakeTags(tag => tag.Finding is Finding.Missing or Finding.WrongQuestion),
        ];
        foreach (var same in missed.GroupBy(one => (one.Said, one.Verdict)))
            yield return tell.Of(Extent.Check, same.First(), [.. same], Of(same.First().Series.Check, same.Key.Said));
    }

    static IEnumerable<RankedIncident> WithoutHistory(UnclaimedFindings found, IncidentText tell)
    {
        foreach (var odd in NewTags.TakeOdd(found))
            yield return tell.Of(
                odd.What is null ? Extent.Tag : Extent.Family, odd.Lead, odd.Members, odd.What ?? New([odd.Lead], found), causes: odd.Causes);
        var fresh = found.TakeTags(tag => tag is { Finding: Finding.New, Shared: null });
        if (fresh.Count > 0)
            yield return tell.Of(Extent.Tag, UnclaimedFindings.Largest(fresh), fresh, New(fresh, found));

        var slow = found.TakeTags(tag => tag.Finding == Finding.Drift);
        if (slow.Count > 0)
            yield return tell.Drift(slow);

        Judgement[] without =
        [
            .. found.TakeTotals(total => total.Finding == Finding.NoHistory),
            .. found.TakeTags(tag => tag.Finding == Finding.NoHistory),
        ];
        foreach (var same in without.GroupBy(one => one.ClosesGate))
        {
            var lead = UnclaimedFindings.Largest([.. same]);
            var what = same.Count() == 1
                ? Of(lead.Series.ToString(), lead.Said)
                : new Phrase("incident.little_history", ("check", lead.Series.Check), ("count", same.Count()));
            yield return tell.Of(same.Key ? Extent.Check : Extent.Tag, lead, [.. same], what);
        }
    }

    /// <summary>A file that ends within a line, and lacks the lines behind it: one fault.</summary>
    static IEnumerable<RankedIncident> CutOff(UnclaimedFindings found, IncidentText tell)
    {
        var rows = found.Totals.FirstOrDefault(total =>
            total is { Finding: Finding.Different, Series.Metric: Metrics.RightRows } && total.Value < total.Expected);
        // The header is the first line, so the last row stands in the line behind as many as there are rows.
        var broken = found.Totals.FirstOrDefault(total => total is { Finding: Finding.Malformed, Value: 1 }
            && total.Said["examples"] is string line && FlawlessRule.Line(line) == rows?.Value + 1);
        if (rows is null || broken is null)
            yield break;
        found.TakeTotals(total => total == rows || total == broken);
        yield return tell.Of(
            Extent.Check,
            rows,
            [rows, broken],
            Of(rows.Series.Check, rows.Said.And(broken.Said)),
            causes: Causes.Named("cause.cut_off"),
            said: rows.Said.And(broken.Said));
    }

    static Phrase New(List<Judgement> tags, UnclaimedFindings found) => tags is [var only]
        ? new Phrase("incident.new_tag", ("key", found.Families.Named(only.Series.Key)), ("value", only.Value), ("metric", only.Series.Metric))
        : new Phrase("incident.new_tags", ("count", tags.Count));

    /// <summary>What the rule itself found to have moved as one, the widest first.</summary>
    static IEnumerable<RankedIncident> OfShared(UnclaimedFindings found, IncidentText tell)
    {
        var groups = found.Tags.Where(tag => tag.Shared is not null).Select(tag => tag.Shared!).DistinctBy(Identity)
            .OrderBy(group => group.Extent).ThenBy(group => group.Name, StringComparer.Ordinal).ThenBy(group => group.Finding)
            .ToList();
        foreach (var group in groups)
        {
            var tags = found.TakeTags(tag => tag.Shared is { } shared && Identity(shared) == Identity(group));
            var lower = group.Finding is Finding.Zero or Finding.Drop;
            var finding = tags.All(tag => tag.Finding == Finding.Zero) ? Finding.Zero : group.Finding;
            IReadOnlyList<Judgement> beside = group.Extent == Extent.Check
                ? [.. found.TakeFamilies(family => UnclaimedFindings.IsMove(family, lower)), .. found.TakeTags(IsOfTheDraw)]
                : found.TakeFamiliesOf(tags);
            yield return group.Extent switch
            {
                Extent.Check => tell.All(
                    tags,
                    beside,
                    found.TakeTotals(total => UnclaimedFindings.IsMove(total, lower)),
                    group.Of,
                    found.Total,
                    lower,
                    group),
                Extent.Family => tell.Family(group.Name, tags, beside, group.Of, finding, group),
                Extent.Upstream => tell.Upstream(tags, beside, group, finding),
                Extent.Renamed => tell.Renamed(tags, beside, found),
                _ => tell.Part(tags, beside, group, finding),
            };
        }
    }

    /// <summary>A group by name moved once, though its tags were judged by pasts with and without a fault nobody decided on.</summary>
    static SharedMove Identity(SharedMove move) => move.Name.Length == 0 ? move : new SharedMove(move.Extent, move.Name, move.Finding, 0);

    /// <summary>A tag that lies beside the others by no more than chance lets it, for none loses exactly its part of what all tags lost.</summary>
    static bool IsOfTheDraw(Judgement tag) =>
        tag is { Shared: null, Finding: Finding.Rise or Finding.Drop, Value: double value, Expected: > 0 and double expected }
        && tag.Parts?.CommonFactor is double common
        && Math.Abs(value - expected) <= LuckOfTheDraw * Math.Sqrt(expected * Math.Abs(1 - common));

    static IEnumerable<RankedIncident> All(UnclaimedFindings found, IncidentText tell)
    {
        foreach (var lower in new[] { true, false })
        {
            var judged = found.JudgedTags;
            var moved = found.Tags.Count(tag => UnclaimedFindings.IsMove(tag, lower));
            if (moved < GroupLimits.MinTags || moved <= MostOfAll * judged)
                continue;
            var tags = found.TakeTags(tag => UnclaimedFindings.IsMove(tag, lower));
            var totals = found.TakeTotals(total => UnclaimedFindings.IsMove(total, lower));
            var families = found.TakeFamilies(family => UnclaimedFindings.IsMove(family, lower));
            yield return tell.All(tags, families, totals, judged, found.Total, lower);
        }
    }

    static IEnumerable<RankedIncident> Families(UnclaimedFindings found, IncidentText tell)
    {
        foreach (var family in found.TagsByFamily())
        {
            var judged = found.Of(family.Key).Judged;
            // Zero is the narrower name; a family of which some tags fell to zero and the others nearly fell as one.
            foreach (var names in new Finding[][] { [Finding.Zero], [Finding.Zero, Finding.Drop], [Finding.Rise] })
            {
                var moved = family.Where(tag => names.Contains(tag.Finding) && found.Has(tag)).ToList();
                if (moved.Count < GroupLimits.MinTags || moved.Count < GroupLimits.MinShare * judged)
                    continue;
                found.Take(moved);
                yield return tell.Family(family.Key, moved, found.TakeFamiliesOf(moved), judged, names[^1]);
            }
        }
    }

    /// <summary>Families of which the users went, though too few of the tags to be told as one; those that did go the same way.</summary>
    static IEnumerable<RankedIncident> FamilyMoves(UnclaimedFindings found, IncidentText tell)
    {
        foreach (var move in found.TakeFamilies(_ => true))
        {
            var lower = UnclaimedFindings.IsMove(move, lower: true);
            var tags = found.TakeTags(tag => found.Families.Of(tag.Series.Key) == move.Series.Key && UnclaimedFindings.IsMove(tag, lower));
            yield return tags is [{ Finding: Finding.Zero } only] && Renames.Users(only) >= MostOfAFamily * Renames.Users(move)
                ? tell.Of(Extent.Tag, only, [only, move], Of(found.Families.Named(only.Series.Key), IncidentText.FoundIn(only.Said)))
                : tell.FamilyUsers(move, tags);
        }
    }

    static IEnumerable<RankedIncident> Totals(UnclaimedFindings found, IncidentText tell)
    {
        // Rows and tagged users of one partition move together: one fault.
        foreach (var lower in new[] { true, false })
        {
            var together = found.TakeTotals(total =>
                total.Series.Metric is Metrics.Rows or Metrics.TaggedUsers && !total.IsOf<ExpectRule>() && UnclaimedFindings.IsMove(total, lower));
            if (together.Count > 0)
                yield return tell.Of(
                    Extent.Check,
                    UnclaimedFindings.Worst(together),
                    together,
                    Of(together[0].Series.Check, UnclaimedFindings.Worst(together).Said));
        }
        foreach (var total in found.TakeTotals(_ => true))
            yield return tell.Of(Extent.Check, total, [total], Of(total.Series.Check, total.Said));
    }

    /// <summary>"user tags: 0 rows instead of the 120 expected on a Monday".</summary>
    static Phrase Of(string name, Phrase said) => new("incident.of", ("name", name), ("said", said));

    static IEnumerable<RankedIncident> Singles(UnclaimedFindings found, IncidentText tell)
    {
        var rest = found
            .TakeTags(_ => true)
            .OrderByDescending(tag => tag.ClosesGate)
            .ThenByDescending(tag => tag.Verdict)
            .ThenByDescending(UnclaimedFindings.Weight)
            .ThenBy(tag => tag.Series)
            .ToList();
        // One more line is no longer than "and 1 more tag".
        var single = rest.Count <= MostSingles + 1 ? rest.Count : MostSingles;
        foreach (var tag in rest.Take(single))
            yield return tell.Of(Extent.Tag, tag, [tag], Of(found.Families.Named(tag.Series.Key), IncidentText.FoundIn(tag.Said)));
        var more = rest.Skip(single).ToList();
        if (more.Count > 0)
            yield return tell.Of(
                Extent.Tag,
                more[0],
                more,
                new Phrase("incident.more_tags", ("check", more[0].Series.Check), ("count", more.Count)),
                isRest: true);
    }
}
