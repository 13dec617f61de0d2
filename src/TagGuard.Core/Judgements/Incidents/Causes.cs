using TagGuard.Facts;

namespace TagGuard.Judgements.Incidents;

/// <summary>How much of a check an incident is about.</summary>
enum Scope { Check, Upstream, Family, Part, Tag }

/// <summary>Why a finding usually happens in such a pipeline, and what to do first. One line a finding and scope.</summary>
static class Causes
{
    /// <param name="finding">What was found.</param>
    /// <param name="scope">How much of the check it is about.</param>
    /// <param name="lead">The judgement that shows it best.</param>
    /// <param name="name">The family's or table's name, where it has one.</param>
    public static (string Cause, string Advice) Of(Finding finding, Scope scope, Judgement lead, string name) => (finding, scope) switch
    {
        (Finding.StaleCopy, _) => (
            "Yesterday's partition was written or copied as today's: the job ran with the wrong date, or its source had not moved.",
            "Look at the date that the tag job was started with and at the newest partition of its source. Rerun the job for this date, then this stage."),
        (Finding.Duplicates, _) => (
            "A join on a key that is not unique multiplied rows (many-to-many).",
            "Find the ids that repeat most and the table that holds them twice. Make its key unique, rerun the job that joins it, then this stage."),
        (Finding.Zero, _) when lead.Rule == "equal" => (
            "One side of the sync is empty: it was not started, wrote somewhere else, or is compared under the wrong name.",
            "Look whether the sync ran for this date and which table it wrote. Rerun it; keep the service on yesterday's data until then."),
        (Finding.Different, _) when lead.Value < lead.Expected => (
            "The sync lost rows: a batch or shard was not written, or it started before the source was finished.",
            "Look for failed batches in the sync's log, and compare its start with the end of the tag job. Rerun the sync, then this stage."),
        (Finding.Different, _) when lead.Value == lead.Expected => (
            "Both sides hold as many rows and not the same ones: rows of an earlier load were left there, or the source was rewritten after the sync.",
            "Look at the keys that are named, on both sides, and compare the start of the sync with the last change of the source. Rerun the sync, then this stage."),
        (Finding.Different, _) => (
            "The target holds rows that the source has not: an earlier load was not cleared, a batch was written twice, or the source was rewritten after the sync.",
            "Look whether the target was emptied before the load and whether the source's partition is newer than the sync. Rerun the sync into an empty table."),
        (Finding.Malformed, _) => (
            "Text with quotes, separators or line breaks was written without quoting, or the export was cut off.",
            "Look at the lines that are named. Have the export quote its text as RFC 4180 says, run it again, then this stage."),
        (Finding.Header, _) => (
            "A column was added, renamed or moved: whoever reads by position now reads the wrong one.",
            "Ask the owner of the export whether it is meant. If so, tell those who read it and correct `header` in the plan; if not, export again."),
        (Finding.Encoding, _) => (
            "Text in another encoding was copied into the file, or a letter was cut in two.",
            "Look at the bytes that are named and at the setting of whoever wrote them. Export again in the encoding of the plan."),
        (Finding.NoId, _) => (
            "A join found no partner, or a column was not filled: the id is NULL, NaN or empty.",
            "Select these rows and look which source they come from. Repair the join or the load, run the job again, then this stage."),
        (Finding.ImpossibleTime, _) => (
            "A wrong date or time zone in the data, a default written where a time was missing, or a clock that is wrong: of the job's machine, or of this one.",
            "Look at the rows or the file with that time, and compare the clocks (`date -u`) of the machine that wrote it and of this one. Repair the time, then run this stage again."),
        (Finding.NotReady or Finding.Late, _) => (
            "The job upstream is late, or it failed and nobody restarted it.",
            "Look at its state in the scheduler and call its owner. Hold the tag jobs back until it has landed."),
        (Finding.Missing, _) when lead.Verdict == Verdict.Unknown => (
            "The source could not be asked: it is down, overloaded, or the connection's settings have changed.",
            "Run `tagguard doctor`, call whoever runs that system, and run this stage again when it answers."),
        (Finding.Missing, _) => (
            "The table or partition is not there: the job that writes it has not run for this date, or its name has changed.",
            "Look at the job that writes it, and at `table` and `partition` in the plan. Rerun the job, then this stage."),
        (Finding.New, _) => (
            "Tags were added, or tag ids are made in a new way.",
            "Nothing, if a release brought them. Otherwise ask the owner of the tags: a changed id breaks every saved crowd that uses the old one."),
        (Finding.NoHistory, _) => (
            "Too few accepted days are stored to tell what is usual.",
            "Run `tagguard backfill` over the days before, or set `on_unknown: report` for the first weeks."),
        (Finding.Zero, Scope.Check) => (
            "Nothing was loaded: the job failed or wrote another partition, or its source was empty.",
            "Look at the job's log and at the partition for this date. Rerun the job; do not sync before."),
        (Finding.Zero or Finding.Drop, Scope.Upstream) => (
            $"The tags that come from {name} fell together: the table arrived late or in part, and the tags were computed all the same.",
            $"Look at the newest partition of {name} and its rows against the day before. Reload it, rerun the tags that come from it, then this stage."),
        (Finding.Rise, Scope.Upstream) => (
            $"The tags that come from {name} rose together: the table was loaded twice, or a join with it multiplied rows.",
            $"Look for two loads of {name}, and whether its key is still unique. Repair it, rerun the tags that come from it, then this stage."),
        (Finding.Zero or Finding.Drop, Scope.Part) => (
            "Tags that share a source or a script fell together: their source arrived in part, or one of the scripts failed.",
            "Look what the tags of this incident are computed from (`lineage` in the plan would name it), and at the log of the tag job."),
        (Finding.Rise, Scope.Part) => (
            "Tags that share a source rose together: it was loaded twice, or a campaign brought users.",
            "Look what the tags of this incident are computed from (`lineage` in the plan would name it). Ask their owner whether the rise is real."),
        (Finding.Drift, _) => (
            "Growth, or a leak: users that are never taken out of a tag, or a source that loses a little more every day.",
            "Not urgent. Ask the owners of the tags whether it is meant; look at the conditions that take users out again."),
        (Finding.Zero, Scope.Family) => (
            $"The script that computes family {name} wrote nothing: it failed, or its source table was empty.",
            $"Look at the log of the script for {name} and at the rows of its source table. Rerun the script, then this stage."),
        (Finding.Zero, _) => (
            "Its rule matched nobody: a code or dictionary value of its source was changed, or it was retired.",
            "Look at the values of the column that it is computed from. If it was retired on purpose, accept the day (`tagguard accept`) and open the gate."),
        (Finding.Drop, Scope.Check) => (
            "Part of the load is missing: a partition, shard or file of the source was not there when the job read it.",
            "Compare the rows of the source's partitions, by hour or shard, with those of the day before. Reload what is missing, rerun the job, then this stage."),
        (Finding.Drop, Scope.Family) => (
            $"The source of family {name} arrived in part, or a filter of its script was changed.",
            $"Compare the rows of its source table with the day before, and look at the last change of the script for {name}."),
        (Finding.Drop, _) => (
            "Part of its source is missing, or its rule was changed.",
            "Look at the last change of its rule and at the rows of its source. Ask its owner whether the fall is real."),
        (Finding.Rise, Scope.Check) when lead.Value >= 1.9 * lead.Expected && lead.Value <= 2.1 * lead.Expected => (
            "The load ran twice: the second run added to the partition and did not replace it.",
            "Look for two runs of the job, and whether it overwrites its partition. Clear the partition and run the job once."),
        (Finding.Rise, Scope.Check) => (
            "Rows were loaded twice, several dates were read as one, or the source really grew.",
            "Look for two runs of the job and at the date filter of its source. Ask the owner of the source whether the rise is real."),
        (Finding.Rise, Scope.Family) => (
            $"The script of family {name} read more than one day, a join multiplied rows, or a condition was lost.",
            $"Look at the last change of the script for {name} and at the date filter of its source."),
        (Finding.Rise, _) => (
            "A condition of its rule was lost, or a campaign brought users.",
            "Look at the last change of its rule, and ask its owner whether the rise is real."),
        (Finding.Warming, _) => (
            "The tag is young: there are too few days to compare with.",
            "Nothing. It is judged when it is old enough (`warm_up` in the plan)."),
        (Finding.NotJudged, _) => (
            "The rules of the check had nothing to say of what was measured, so nobody knows whether it is right.",
            "Look at the check's rules in the plan: at least one must judge it on every day. Until then the gate stays closed; a person may open it."),
        _ => ("Not known.", "Look at the sentence of each verdict with `tagguard explain`."),
    };

    /// <summary>All tags fell alike by a fraction that a missing shard leaves.</summary>
    public static (string Cause, string Advice) OfShards(int shards) => (
        $"All tags fell alike by about 1 in {shards}: one of {shards} shards, buckets or files was not loaded.",
        $"Look for the one of {shards} that is missing or empty: list the partition's files with their sizes. Reload it, then run this stage again.");
}
