using TagGuard.Facts;
using TagGuard.Phrases;

namespace TagGuard.Adapters.Storage;

/// <summary>How what is said is stored: a phrase as JSON beside its English text, so that it can
/// be read in another language, and by whoever asks the tables.</summary>
/// <remarks>A text is stored once, as the text; so is read what was stored before phrases were,
/// and what a newer program says that this one does not know.</remarks>
static class StoredPhrase
{
    public static string? Of(Phrase said) => said.IsText ? null : PhraseJson.Write(said);

    public static Phrase Read(StoreStatement row, int phrase, int text) =>
        PhraseJson.Read(row.IsNull(phrase) ? null : row.Text(phrase), row.Text(text));

    /// <summary>The four sentences of an incident, in one value.</summary>
    public static string Of(Incident incident) => PhraseJson.Write(new Phrase(
        "incident", ("what", incident.What), ("why", incident.Why), ("do_first", incident.DoFirst), ("said", incident.Said)));

    /// <summary>Reads one of the four sentences of an incident.</summary>
    /// <param name="stored">The value of the four; null where an older program stored the incident.</param>
    /// <param name="name">Which.</param>
    /// <param name="text">The English text beside it.</param>
    public static Phrase Read(Phrase? stored, string name, string text) => PhraseJson.Known(stored?[name] as Phrase, text);
}
