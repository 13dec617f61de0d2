namespace TagGuard.Facts;

/// <summary>Names of what is counted: one word per idea, in code, tables and reports.</summary>
public static class Metrics
{
    /// <summary>Users that carry a tag (or belong to a crowd, or have any other key). Its series has a key.</summary>
    public const string TagCount = "tag_count";

    /// <summary>Users that carry any tag of a family, each once. Its series has the family as its key.</summary>
    public const string FamilyUsers = "family_users";

    /// <summary>What makes the families, as a number (<see cref="TagFamilies.Mark"/>); not there where they are guessed.</summary>
    public const string FamilyMark = "family_mark";

    /// <summary>Tags in the warehouse's own table of tags.</summary>
    public const string TableTags = "table_tags";

    public const string Rows = "rows";
    public const string TaggedUsers = "tagged_users";
    public const string ActiveUsers = "active_users";
    public const string DuplicateUsers = "duplicate_users";

    /// <summary>The same of a table with a row for each user and tag: rows that repeat both.</summary>
    public const string DuplicatePairs = "duplicate_pairs";

    /// <summary>Rows whose user id is NULL, NaN or empty.</summary>
    public const string RowsWithoutUser = "rows_without_user";

    /// <summary>Tags that are NULL in a list, or beside other tags of a user.</summary>
    public const string NullTags = "null_tags";
    public const string UsersWithoutTags = "users_without_tags";
    public const string EmptyMaps = "empty_maps";

    /// <summary>Minutes from the end of the business date until something was ready.</summary>
    public const string ReadyMinutes = "ready_minutes";

    /// <summary>Minutes from the newest event to the end of the business date; negative when the newest event is later.</summary>
    public const string LagMinutes = "lag_minutes";

    /// <summary>Tags that were told alone. Judged, not measured.</summary>
    public const string Alarms = "alarms";

    /// <summary>Tags that drifted slowly. Judged, not measured.</summary>
    public const string Drifts = "drifts";

    /// <summary>Days from the date of the table that a service reads to the business date; negative when it is of a later one.</summary>
    public const string DaysBehind = "days_behind";

    /// <summary>The number in the field that was asked for; 1 when a word was asked for and it is there.</summary>
    public const string Answer = "answer";

    public const string LeftRows = "left_rows";
    public const string RightRows = "right_rows";

    /// <summary>Keys that only the left side has. The series without a key is their number;
    /// those with one are examples, and so it is with the next two.</summary>
    public const string MissingThere = "missing_there";

    /// <summary>Keys that only the right side has.</summary>
    public const string ExtraThere = "extra_there";

    /// <summary>Keys that both sides have, with other values.</summary>
    public const string DifferentThere = "different_there";

    /// <summary>Keys missing there that are extra there in another case.</summary>
    public const string InOtherCase = "in_other_case";

    /// <summary>Rows of the left side that repeat a key, among those that were looked at.</summary>
    public const string LeftRepeats = "left_repeats";

    public const string RightRepeats = "right_repeats";

    /// <summary>Buckets of keys whose rows or checksums are not the same on both sides.</summary>
    public const string DifferingBuckets = "differing_buckets";

    /// <summary>Those of them whose rows were compared one by one.</summary>
    public const string SearchedBuckets = "searched_buckets";

    /// <summary>Rows of a range of keys that the right side has none of: its series has the range as its key.</summary>
    public const string MissingSlice = "missing_slice";

    /// <summary>Rows that are missing and are one part of the sync's own partitioning, which is the key: `3/16 murmur3`.</summary>
    public const string LostBucket = "lost_bucket";

    /// <summary>Rows of the left side whose key is that of another, and of which the right side keeps one.</summary>
    public const string CollapsedRows = "collapsed_rows";

    /// <summary>Rows that only the right side has, all written before the rest; the key is when the newest was.</summary>
    public const string StaleRows = "stale_rows";

    /// <summary>Keys that are there in another writing, which is the key: spaces, zeros, prefix, encoding.</summary>
    public const string RenamedKeys = "renamed_keys";

    /// <summary>Minutes from the end of the business date until the left side was finished.</summary>
    public const string SourceFinished = "source_finished";

    /// <summary>The same until the sync to the right side began.</summary>
    public const string SyncStarted = "sync_started";

    /// <summary>Columns of an exported file's header that are not as wanted; examples have a key, and so it is with the next three.</summary>
    public const string WrongColumns = "wrong_columns";
    public const string BadBytes = "bad_bytes";
    public const string MalformedLines = "malformed_lines";
    public const string RepeatedKeys = "repeated_keys";

    /// <summary>Checksums of an exported file that are not the file's own: 0 or 1.</summary>
    public const string WrongChecksums = "wrong_checksums";

    /// <summary>Keys that were written to a file.</summary>
    public const string ExportedKeys = "exported_keys";
}
