namespace TagGuard.Adapters.Command;

/// <summary>What a program printed, for messages.</summary>
static class Line
{
    const int Longest = 200;

    public static string Short(string text) => text.Length <= Longest ? text : text[..Longest] + "…";
}
