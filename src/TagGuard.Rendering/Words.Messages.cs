using TagGuard.Storage;

namespace TagGuard.Rendering;

/// <summary>What is said of messages.</summary>
sealed partial class Words
{
    /// <summary>A message that nobody got, and why.</summary>
    public string OfDead(OutboxRow dead, ReportOptions report) => Say(
        "mail.dead_of",
        ("kind", _book.Word(dead.Kind)),
        ("date", dead.Date),
        ("to", dead.To),
        ("attempts", dead.Attempts),
        ("time", Time(dead.Ended ?? dead.Created, report)),
        ("answer", dead.Answer));
}
