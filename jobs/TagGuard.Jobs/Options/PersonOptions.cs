using System.CommandLine;

namespace TagGuard.Jobs.Options;

/// <summary>`--by` and `--why`: what a person says is stored and shown in every report of the date, so it has a length.</summary>
static class PersonOptions
{
    const int LongestName = 100;
    const int LongestReason = 1_000;

    /// <summary>Mistakes in them, whichever verb has them.</summary>
    public static IEnumerable<string> Mistakes(ParseResult parsed)
    {
        foreach (var option in parsed.CommandResult.Command.Options)
        {
            var longest = option.Name switch { "--by" => LongestName, "--why" => LongestReason, _ => int.MaxValue };
            if (longest < int.MaxValue && parsed.GetResult(option)?.Tokens.Sum(token => token.Value.Length) > longest)
                yield return $"{option.Name} is longer than {longest} characters: write it shorter, it is shown in every report of the date.";
        }
    }
}
