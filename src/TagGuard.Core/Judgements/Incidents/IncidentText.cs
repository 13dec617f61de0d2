using TagGuard.Facts;

namespace TagGuard.Judgements.Incidents;

/// <summary>An incident with what it is sorted by.</summary>
sealed record Told(Incident Incident, Scope Scope, double Weight);

/// <summary>Words an incident: its title with the number, its probable cause, what to do first.</summary>
sealed class IncidentText(string owner, string runbook)
{
    public Told Of(Scope scope, Judgement lead, IReadOnlyList<Judgement> members, string title, bool isRest = false, string name = "", Finding? finding = null, int shards = 0)
    {
        var found = finding ?? lead.Finding;
        var (cause, advice) = isRest
            ? ("Several; each has its own.", "Look at the largest first: `tagguard explain` shows each.")
            : shards > 0 ? Causes.OfShards(shards) : Causes.Of(found, scope, lead, name);
        var incident = new Incident
        {
            Verdict = members.Max(member => member.Verdict),
            Finding = found,
            Blocking = members.Any(member => member.ClosesGate),
            Check = lead.Series.Check,
            Title = title.TrimEnd('.'),
            Cause = cause,
            Advice = string.IsNullOrWhiteSpace(runbook) ? advice : runbook,
            Owner = owner,
            Size = members.Count,
            Lead = lead.Series,
            Sentence = lead.Sentence,
            Members = members.Select(member => member.Series).ToList().OnceEach(),
        };
        return new Told(incident, scope, members.Max(UnclaimedFindings.Weight));
    }

    /// <summary>"All tags: 188 of 204 lower, total 4,290 -> 2,145 (-50%)".</summary>
    public Told All(IReadOnlyList<Judgement> tags, IReadOnlyList<Judgement> totals, int judged, Judgement? total, bool lower, int shards = 0)
    {
        var zeros = tags.All(tag => tag.Finding == Finding.Zero);
        var counts = totals.Where(one => one is { Value: not null, Expected: > 0 }).ToList();
        var shown = total is { Expected: > 0 } ? total : counts.Count > 0 ? UnclaimedFindings.Largest(counts) : null;
        var title = $"All tags: {Say.Number(tags.Count)} of {Say.Number(judged)} {(zeros ? "at zero" : lower ? "lower" : "higher")}";
        if (shown is not null)
        {
            var change = (shown.Value!.Value - shown.Expected!.Value) / shown.Expected.Value * 100;
            title += $", {(shown.Series.Metric == Metrics.TaggedUsers ? "total" : Say.Plain(shown.Series.Metric))} {Say.Number(shown.Expected.Value)} -> {Say.Number(shown.Value.Value)} ({Say.Signed(change)})";
        }
        Judgement[] members = [.. totals, .. tags];
        var finding = zeros ? Finding.Zero : lower ? Finding.Drop : Finding.Rise;
        return Of(Scope.Check, UnclaimedFindings.Largest(members), members, title, finding: finding, shards: shards);
    }

    /// <summary>"Family A131U001: all 9 tags at zero (2,412 users before)".</summary>
    public Told Family(string family, IReadOnlyList<Judgement> tags, int judged, Finding finding) =>
        Of(Scope.Family, UnclaimedFindings.Largest(tags), tags, $"Family {family}: {Moved(tags, judged, finding)}", name: family, finding: finding);

    /// <summary>"Tags from dw.order_fact: 40 of 45 tags lower, 12,400 -> 6,100 users".</summary>
    public Told Upstream(string table, IReadOnlyList<Judgement> tags, int judged, Finding finding) =>
        Of(Scope.Upstream, UnclaimedFindings.Largest(tags), tags, $"Tags from {table}: {Moved(tags, judged, finding)}", name: table, finding: finding);

    /// <summary>"A part of the tags: 31 of 204 tags lower, 12,400 -> 6,100 users".</summary>
    public Told Part(IReadOnlyList<Judgement> tags, int judged, Finding finding) =>
        Of(Scope.Part, UnclaimedFindings.Largest(tags), tags, $"A part of the tags: {Moved(tags, judged, finding)}", finding: finding);

    /// <summary>"Slow drift in 3 tags; most: A131U001_002 +38% in four weeks".</summary>
    public Told Drift(IReadOnlyList<Judgement> tags)
    {
        var ranked = tags.OrderByDescending(UnclaimedFindings.Moved).ThenBy(tag => tag.Series).ToList();
        return Of(Scope.Tag, ranked[0], ranked, $"Slow drift in {Say.Many(tags.Count, "tag")}; most in {ranked[0].Series.Key}: {ranked[0].Sentence}");
    }

    static string Moved(IReadOnlyList<Judgement> tags, int judged, Finding finding)
    {
        var many = tags.Count == judged ? $"all {Say.Many(judged, "tag")}" : $"{Say.Number(tags.Count)} of {Say.Many(judged, "tag")}";
        var before = tags.Sum(tag => tag.Expected ?? 0);
        var now = tags.Sum(tag => tag.Value ?? 0);
        return finding switch
        {
            Finding.Zero => $"{many} at zero ({Say.Number(Math.Round(before))} users before)",
            Finding.StaleCopy => $"{many} with exactly the count of the day before",
            _ => $"{many} {(finding == Finding.Drop ? "lower" : "higher")}, {Say.Number(Math.Round(before))} -> {Say.Number(now)} users",
        };
    }
}
