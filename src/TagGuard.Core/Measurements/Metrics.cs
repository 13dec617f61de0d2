namespace TagGuard.Measurements;

/// <summary>Names of what is counted: one word per idea, in code, tables and reports.</summary>
public static class Metrics
{
    /// <summary>Users that carry a tag (or belong to a crowd, or have any other key). Its series has a key.</summary>
    public const string TagCount = "tag_count";
    public const string Rows = "rows";
    public const string TaggedUsers = "tagged_users";
    public const string ActiveUsers = "active_users";
    public const string DuplicateUsers = "duplicate_users";
    public const string UsersWithoutTags = "users_without_tags";
    public const string EmptyMaps = "empty_maps";

    /// <summary>Minutes from the end of the business date until something was ready.</summary>
    public const string ReadyMinutes = "ready_minutes";

    /// <summary>Minutes from the newest event to the end of the business date; negative when the newest event is later.</summary>
    public const string LagMinutes = "lag_minutes";

    /// <summary>Tags that were told alone. Judged, not measured.</summary>
    public const string Alarms = "alarms";

    /// <summary>The number in the field that was asked for; 1 when a word was asked for and it is there.</summary>
    public const string Answer = "answer";

    public const string LeftRows = "left_rows";
    public const string RightRows = "right_rows";
}
