namespace TagGuard.Phrases;

/// <summary>A language that people read reports, mails and the console in.</summary>
public enum Language
{
    /// <summary>English.</summary>
    En,

    /// <summary>Chinese, simplified.</summary>
    Zh,
}
