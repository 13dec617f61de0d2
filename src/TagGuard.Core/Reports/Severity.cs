namespace TagGuard.Reports;

/// <summary>How much an incident matters.</summary>
public enum Severity
{
    /// <summary>Worth a look.</summary>
    Notice,

    /// <summary>Bad data, or none, that closes no gate.</summary>
    Important,

    /// <summary>It closes a gate, or would if nobody had opened that.</summary>
    Critical,
}
