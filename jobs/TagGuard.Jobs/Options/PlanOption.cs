using System.CommandLine;
using TagGuard.Application;
using TagGuard.Jobs.Terminal;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Jobs.Options;

/// <summary>`--plan` and `--language`: the plan of a verb, and what people read it in.</summary>
/// <remarks>From when the plan is open, the console shows none of its secrets and speaks its language.</remarks>
sealed class PlanOption
{
    readonly Option<FileInfo> _plan = CommonOptions.Plan();
    readonly Option<string?> _language = new("--language")
    {
        Description = "Language of what people read: en or zh. Default: the plan's `language`.",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text is not ("en" or "zh"))
                result.AddError($"--language {PlainText.Shown(text, CommonOptions.Shown)} is not one of en, zh.");
            return text;
        },
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_plan);
        command.Options.Add(_language);
    }

    /// <summary>Reads the plan. Touches no system.</summary>
    /// <exception cref="Keys.PlanException">The plan has mistakes.</exception>
    public PlanSession Open(ParseResult parsed, TimeProvider clock) =>
        Shown(PlanSession.Open(FileOf(parsed), clock, abandoned: () => ProcessEnd.IsAbrupt = true, LanguageOf(parsed)));

    /// <summary>Reads only what a gate needs of the plan.</summary>
    /// <exception cref="Keys.PlanException">What it needs has mistakes.</exception>
    public PlanSession OpenHead(ParseResult parsed, TimeProvider clock) => Shown(PlanSession.OpenHead(FileOf(parsed), clock, LanguageOf(parsed)));

    /// <summary>Shows none of the plan's secrets from now on, and speaks its language.</summary>
    public static PlanSession Shown(PlanSession session)
    {
        ErrorConsole.Secrets = session.Plan.Secrets;
        StampedWriter.Zone = session.Plan.Timezone;
        Spoken.Book = Phrasebook.Of(session.Language);
        return session;
    }

    string FileOf(ParseResult parsed) => parsed.GetValue(_plan)!.FullName;

    Language? LanguageOf(ParseResult parsed) => parsed.GetValue(_language) switch
    {
        "en" => Language.En,
        "zh" => Language.Zh,
        _ => null,
    };
}
