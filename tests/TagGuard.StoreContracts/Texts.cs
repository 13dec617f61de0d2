using System.Text;

namespace TagGuard.StoreContracts;

static class Texts
{
    /// <summary>Half of a surrogate pair is no character, and has no UTF-8 form to be stored in.</summary>
    public static string ReplaceLoneSurrogates(this string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
