namespace TagGuard.Rendering.Mails;

/// <summary>The parts of a mail, in the order in which to read them. To add one, such as a table: a file in this folder, and its line here.</summary>
static class MailSections
{
    public static IReadOnlyList<Func<MailScene, IEnumerable<MailBlock>>> All { get; } =
    [
        MailVerdict.Of,
        MailIncidents.Of,
        MailStages.Of,
        MailReconciliations.Of,
        MailUpstreams.Of,
        MailOverrides.Of,
        MailBudget.Of,
        MailNotMeasured.Of,
        MailUndelivered.Of,
        MailFoot.Of,
    ];
}
