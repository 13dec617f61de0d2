using System.CommandLine;
using System.CommandLine.Help;
using TagGuard.Jobs.Options;
using TagGuard.Jobs.Verbs;
using TagGuard.Keys;

namespace TagGuard.Jobs;

/// <summary>What may stand on a command line, and how mistakes in one are told.</summary>
static class CommandLine
{
    /// <summary>The verbs, and what all of them take.</summary>
    public static RootCommand Root(string[] args, TimeProvider clock)
    {
        var root = new RootCommand("""
            Guards the tags of a user-profile warehouse: is the upstream whole, are today's tags right, did everything arrive?

            Exit codes: 0 gate open, 1 closed: the data is bad, 2 closed: could not tell, 3 not started: usage or plan mistake,
            4 interrupted, 5 TagGuard itself failed, 75 not ready yet. The last line on stdout is one JSON object.
            """)
        {
            CommonOptions.Verbose, CommonOptions.Quiet, CommonOptions.LogFile,
        };
        foreach (var option in root.Options)
        {
            if (option is HelpOption help)
                help.Action = new HelpWithExamples();
        }
        foreach (var verb in Verb.For(args, clock))
            root.Subcommands.Add(verb);
        return root;
    }

    /// <summary>What there is, line by line.</summary>
    public static IReadOnlyList<string> Help(RootCommand root)
    {
        using var text = new StringWriter();
        root.Parse("--help").Invoke(new InvocationConfiguration { Output = text });
        return text.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n');
    }

    /// <summary>Every mistake, with what may have been meant.</summary>
    public static IReadOnlyList<string> Mistakes(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is RootCommand && parsed.UnmatchedTokens.Count > 0)
            return [NoSuchVerb(parsed.UnmatchedTokens[0])];
        var mistakes = new List<string>();
        foreach (var error in parsed.Errors)
            mistakes.Add(error.Message + Meant(parsed, error.Message));
        mistakes.AddRange(PersonOptions.Mistakes(parsed));
        return mistakes;
    }

    static string NoSuchVerb(string verb) =>
        $"There is no verb {PlainText.Shown(verb, CommonOptions.Shown)}"
        + (Nearest.To(verb, Verb.All.Keys) is { } near ? $": did you mean `tagguard {near}`?" : $"; there are {string.Join(", ", Verb.All.Keys)}.");

    /// <summary>The option whose name is nearly that of one that is not known.</summary>
    static string Meant(ParseResult parsed, string message)
    {
        var unknown = parsed.UnmatchedTokens
            .FirstOrDefault(token => token.StartsWith('-') && message.Contains($"'{token}'", StringComparison.Ordinal));
        var names = parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options).Select(option => option.Name);
        return unknown is not null && Nearest.To(unknown, names) is { } near ? $" Did you mean {near}?" : "";
    }
}
