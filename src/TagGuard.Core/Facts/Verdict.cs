namespace TagGuard.Facts;

/// <summary>What a rule says, from good to bad. The worst of many is the largest.</summary>
public enum Verdict
{
    Pass = 0,
    Warn = 1,

    /// <summary>Could not be measured, or too little history.</summary>
    Unknown = 2,
    Fail = 3,
}

/// <summary>What was found: a name for every way in which a value can be out of order, so that none passes unnamed.</summary>
public enum Finding
{
    /// <summary>Nothing out of order.</summary>
    Normal,

    /// <summary>Lower than expected, but not zero.</summary>
    Drop,

    /// <summary>Higher than expected.</summary>
    Rise,

    /// <summary>Zero, where it was not zero before.</summary>
    Zero,

    /// <summary>Not measured: the source did not answer.</summary>
    Missing,

    /// <summary>Not measured: the source answered that the plan asks for what is not there, such as a column.</summary>
    WrongQuestion,

    /// <summary>Too few accepted days before the business date.</summary>
    NoHistory,

    /// <summary>A key that was never seen before.</summary>
    New,

    /// <summary>A key that is too young to be judged.</summary>
    Warming,

    /// <summary>Still zero, as on the day before, when that was told.</summary>
    Gone,

    /// <summary>Slowly lower or higher over weeks.</summary>
    Drift,

    /// <summary>Not judged: the calendar excludes the day.</summary>
    Excluded,

    /// <summary>Not there yet, and not due yet.</summary>
    NotReady,

    /// <summary>Not there, or there too late, although it was due.</summary>
    Late,

    /// <summary>Two systems that should agree do not.</summary>
    Different,

    /// <summary>The same user more than once.</summary>
    Duplicates,

    /// <summary>Today's numbers are yesterday's.</summary>
    StaleCopy,

    /// <summary>Lines of a file that cannot be read as records.</summary>
    Malformed,

    /// <summary>The columns of a file are not those that its reader wants.</summary>
    Header,

    /// <summary>Bytes of a file that are not text in its encoding.</summary>
    Encoding,

    /// <summary>A file is not the one that its checksum was made of.</summary>
    Checksum,

    /// <summary>No rule of the check said anything that could close the gate.</summary>
    NotJudged,

    /// <summary>A time that cannot be: after now, or the zero of a clock.</summary>
    ImpossibleTime,

    /// <summary>Rows without the id of a user, or tags without their own.</summary>
    NoId,

    /// <summary>The table of tags lacks some, or says two things of one.</summary>
    TagTable,
}
