using TagGuard.Keys;
using TagGuard.Plans;

namespace TagGuard.Adapters.Yaml;

/// <summary>Reads a plan.</summary>
/// <param name="connectionTypes">The records of connections by their `type` in the plan.</param>
/// <param name="environment">The environment variable of a name, for secrets; null for those of the process.</param>
/// <param name="calendars">The folder of the countries' calendars; null for the one beside the program.</param>
public sealed class PlanReader(IReadOnlyDictionary<string, Type> connectionTypes, Func<string, string?>? environment = null, string? calendars = null)
{
    const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The plan in a file, with the calendars that it names.</summary>
    /// <exception cref="PlanException">The plan or a calendar has mistakes: all of them, in the order of the files.</exception>
    public Plan Read(string file) => Read(file, headOnly: false);

    /// <summary>What a gate needs of the plan in a file: name, time zone, language, the store, the stages by name. Checks, calendars and other
    /// connections are not looked at.</summary>
    /// <exception cref="PlanException">What it needs has mistakes.</exception>
    public Plan ReadHead(string file) => Read(file, headOnly: true);

    /// <summary>A plan as it judged when a run kept it: it can judge, and has no connections.</summary>
    /// <param name="judging">What the run kept: see <see cref="Plan.Judging"/>.</param>
    /// <exception cref="PlanException">This program cannot read it: its keys have changed since.</exception>
    public Plan? ReadKept(string judging)
    {
        var secrets = new Secrets("/", _ => null);
        var mistakes = new MistakeList("the plan that was kept", secrets);
        if (JudgingText.Read(judging, mistakes) is not { } kept)
            return null;
        var plan = new PlanBinder(connectionTypes, secrets, mistakes).Plan(kept.Root);
        plan = plan is null ? null : plan with { Calendar = new CalendarBinder("", "", mistakes, kept.Calendars).Fill(plan.Calendar, kept.Root) };
        mistakes.ThrowIfAny();
        return plan;
    }

    Plan Read(string file, bool headOnly)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/";
        var secrets = new Secrets(folder, environment ?? Environment.GetEnvironmentVariable);
        var mistakes = new MistakeList(file, secrets);
        var text = Load(file, mistakes, out var source);
        var calendar = new CalendarBinder(calendars ?? Path.Combine(AppContext.BaseDirectory, "calendars"), folder, mistakes);
        var plan = Bind(text, Path.GetFullPath(file), secrets, mistakes, headOnly ? null : calendar);
        mistakes.ThrowIfAny();
        return plan! with
        {
            File = Path.GetFullPath(file),
            Secrets = new PlanSecrets(secrets.All),
            Source = calendar.Read.Count == 0 ? source : (byte[])[.. source, .. calendar.Read.SelectMany(bytes => bytes)],
        };
    }

    /// <param name="text">The plan's text.</param>
    /// <param name="file">Where it stands.</param>
    /// <param name="secrets">Fills in secrets.</param>
    /// <param name="mistakes">Takes mistakes.</param>
    /// <param name="calendar">Reads the calendars; null for only the head of the plan.</param>
    Plan? Bind(string text, string file, Secrets secrets, MistakeList mistakes, CalendarBinder? calendar)
    {
        if (YamlTree.Read(text, mistakes) is not { } root)
            return null;
        var binder = new PlanBinder(connectionTypes, secrets, mistakes, headOnly: calendar is null);
        var plan = binder.Plan(calendar is null ? PlanHead.Of(root) : root);
        if (plan is null)
            return null;
        plan = plan with { Definitions = Definitions.Of(root, file) };
        if (calendar is null)
            return plan;
        if (plan.Connections.Count > 0)
        {
            var check = new NeedCheck(connectionTypes, plan.Connections, mistakes);
            foreach (var (measure, kind, node) in binder.Measures)
                check.Check(measure, kind, node);
        }
        return plan with { Calendar = calendar.Fill(plan.Calendar, (MapNode)root), Judging = JudgingText.Of(root, calendar.Read) };
    }

    static string Load(string file, MistakeList mistakes, out byte[] source)
    {
        try
        {
            source = FileBytes.Read(file, MaxBytes);
            if (source.Length > MaxBytes)
                mistakes.Add(1, 1, "The file is larger than 4 MB, so it is not a plan: correct the path given with --plan.");
            else if (TextFile.Read(source, mistakes.Add) is { } text)
                return text;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(1, 1, fault is FileNotFoundException or DirectoryNotFoundException
                ? "The plan is not there: correct the path given with --plan."
                : "The plan cannot be read: it must be a file that the user who runs tagguard may read (`ls -l`).");
        }
        mistakes.ThrowIfAny();
        throw new InvalidOperationException("Unreachable: a mistake was noted.");
    }
}
