namespace TagGuard.Keys;

/// <summary>Finds what a mistyped word was meant to be.</summary>
public static class Nearest
{
    /// <summary>The known word that differs in a few letters, or null.</summary>
    public static string? To(string word, IEnumerable<string> known) => known
        .Select(candidate => (candidate, Distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
        .Where(near => near.Distance <= Math.Max(1, Math.Min(word.Length, near.candidate.Length) / 3))
        .OrderBy(near => near.Distance)
        .Select(near => near.candidate)
        .FirstOrDefault();

    /// <summary>Letters to put in, take out, change or swap with their neighbour.</summary>
    static int Distance(string from, string to)
    {
        // Nobody mistypes a word into one that is much longer, and a pasted page must not cost a square of its length.
        if (Math.Abs(from.Length - to.Length) > 8)
            return int.MaxValue;
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[from.Length, to.Length];
    }
}
