using System.Text;

namespace TagGuard.Keys;

/// <summary>A value that was filled in for `${env:…}` or `${file:…}`, and what the plan writes for it.</summary>
public sealed record PlanSecret(string Shown, string Value);

/// <summary>The secrets of a plan, wherever they are used: as password, but also as host,
/// user, database or path. Puts back what the plan writes.</summary>
/// <remarks>
/// Stands before everything that is printed and stored. Values of 1 to 3 characters stay: half of all words hold them. Those of up to
/// <see cref="LongestWord"/> are only hidden as words of their own, so that a user named `etl_user` does not change the names of tables.
/// </remarks>
public sealed class PlanSecrets
{
    const int ShortestHidden = 4;
    const int LongestWord = 7;

    readonly List<PlanSecret> _forms = [];

    public static PlanSecrets None { get; } = new([]);

    public PlanSecrets(IEnumerable<PlanSecret> secrets)
    {
        foreach (var secret in secrets)
        {
            foreach (var form in new[] { secret.Value, secret.Value.Trim(), Uri.EscapeDataString(secret.Value) })
            {
                if (form.Length >= ShortestHidden && !_forms.Exists(known => known.Value == form))
                    _forms.Add(secret with { Value = form });
            }
        }
        // The longest first: one may be part of another.
        _forms.Sort(static (one, other) => other.Value.Length - one.Value.Length);
    }

    /// <summary>The text with every secret put back to what the plan says. Case does not matter: an address is printed in lower case.</summary>
    public string Hide(string text)
    {
        foreach (var secret in _forms)
        {
            if (text.Contains(secret.Value, StringComparison.OrdinalIgnoreCase))
                text = Replace(text, secret);
        }
        return text;
    }

    static string Replace(string text, PlanSecret secret)
    {
        var hidden = new StringBuilder(text.Length);
        var done = 0;
        for (var at = 0; (at = text.IndexOf(secret.Value, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            var end = at + secret.Value.Length;
            if (secret.Value.Length <= LongestWord && (IsInside(text, at - 1) || IsInside(text, end)))
            {
                at++;
                continue;
            }
            hidden.Append(text, done, at - done).Append(secret.Shown);
            at = done = end;
        }
        return hidden.Append(text, done, text.Length - done).ToString();
    }

    static bool IsInside(string text, int at) => at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_');
}
