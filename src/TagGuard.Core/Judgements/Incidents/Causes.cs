using TagGuard.Facts;
using TagGuard.Judgements.Rules;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Incidents;

/// <summary>Why a finding usually happens in such a pipeline, and what to do first. One line a finding and extent.</summary>
/// <param name="Why">The cause.</param>
/// <param name="DoFirst">The advice.</param>
readonly record struct Causes(Phrase Why, Phrase DoFirst)
{
    /// <summary>Several things in one line.</summary>
    public static Causes OfMany => Named("cause.several");

    /// <summary>All tags fell alike by a fraction that a missing shard leaves.</summary>
    public static Causes OfShards(int shards) => Named("cause.shard", ("shards", shards));

    /// <param name="finding">What was found.</param>
    /// <param name="extent">How much of the check it is about.</param>
    /// <param name="lead">The judgement that shows it best.</param>
    /// <param name="name">The family's or table's name, where it has one.</param>
    public static Causes Of(Finding finding, Extent extent, Judgement lead, string name) =>
        lead.Clue is { } clue
            ? Named(clue.Name, [.. clue.Values.Select(value => (value.Name, (object?)value.Value))])
            : Named(NameOf(finding, extent, lead), ("name", name));

    static string NameOf(Finding finding, Extent extent, Judgement lead) => (finding, extent) switch
    {
        (Finding.StaleCopy, not Extent.Check) => "cause.part_copied",
        (Finding.StaleCopy, _) => "cause.copy",
        (_, Extent.Renamed) => "cause.renamed",
        (Finding.Duplicates, _) => "cause.duplicates",
        (Finding.Zero, _) when lead.IsOf<EqualRule>() => "cause.side_empty",
        (Finding.Different, _) when lead.Value < lead.Expected => "cause.rows_lost",
        (Finding.Different, _) when lead.Value == lead.Expected => "cause.rows_differ",
        (Finding.Different, _) => "cause.rows_extra",
        (Finding.Malformed, _) => "cause.malformed",
        (Finding.Header, _) => "cause.header",
        (Finding.Encoding, _) => "cause.encoding",
        (Finding.Checksum, _) => "cause.checksum",
        (Finding.NoId, _) => "cause.no_id",
        (Finding.TagTable, _) => "cause.tag_table",
        (Finding.ImpossibleTime, _) => "cause.impossible_time",
        (Finding.NotReady or Finding.Late, _) => "cause.late",
        (Finding.WrongQuestion, _) => "cause.wrong_question",
        (Finding.Missing, _) when lead.Verdict == Verdict.Unknown => "cause.no_answer",
        (Finding.Missing, _) => "cause.absent",
        (Finding.New, _) => "cause.new_tags",
        (Finding.NoHistory, _) => "cause.no_history",
        (Finding.Zero, Extent.Check) => "cause.nothing_loaded",
        (Finding.Zero or Finding.Drop, Extent.Upstream) => "cause.upstream_fell",
        (Finding.Rise, Extent.Upstream) => "cause.upstream_rose",
        (Finding.Zero or Finding.Drop, Extent.Part) => "cause.part_fell",
        (Finding.Rise, Extent.Part) => "cause.part_rose",
        (Finding.Drift, _) => "cause.drift",
        (Finding.Zero, Extent.Family) => "cause.family_zero",
        (Finding.Zero, _) => "cause.tag_zero",
        (Finding.Drop, Extent.Check) => "cause.load_partial",
        (Finding.Drop, Extent.Family) => "cause.family_fell",
        (Finding.Drop, _) => "cause.tag_fell",
        (Finding.Rise, Extent.Check) when lead.Value >= 1.9 * lead.Expected && lead.Value <= 2.1 * lead.Expected => "cause.loaded_twice",
        (Finding.Rise, Extent.Check) => "cause.check_rose",
        (Finding.Rise, Extent.Family) => "cause.family_rose",
        (Finding.Rise, _) => "cause.tag_rose",
        (Finding.Warming, _) => "cause.young",
        (Finding.NotJudged, _) => "cause.not_judged",
        _ => "cause.unknown",
    };

    /// <summary>The advice has the name of the cause.</summary>
    public static Causes Named(string cause, params (string Name, object? Value)[] values) =>
        new(new Phrase(cause, values), new Phrase($"advice.{cause["cause.".Length..]}", values));
}
