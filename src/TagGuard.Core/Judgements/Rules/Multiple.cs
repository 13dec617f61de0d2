namespace TagGuard.Judgements.Rules;

/// <summary>Rows that are others so many times, to the last one: they were written again, for nothing else repeats every row alike.</summary>
static class Multiple
{
    /// <summary>Of fewer rows a multiple is no wonder.</summary>
    const double FewestToTell = 10;

    /// <summary>How many times the fewer rows are the more; null when they are not, or are as many.</summary>
    public static double? Of(double more, double fewer) =>
        fewer >= FewestToTell && more > fewer && more % fewer == 0 ? more / fewer : null;
}
