using System.Text;
using TagGuard.Plans;

namespace TagGuard.Adapters.Yaml;

/// <summary>Reads a plan.</summary>
/// <param name="connectionTypes">The records of connections by their `type` in the plan.</param>
/// <param name="environment">The environment variable of a name, for secrets; null for those of the process.</param>
public sealed class PlanReader(IReadOnlyDictionary<string, Type> connectionTypes, Func<string, string?>? environment = null)
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The plan in a file.</summary>
    /// <exception cref="PlanException">The plan has mistakes: all of them, in the order of the file.</exception>
    public Plan Read(string file) => Read(file, headOnly: false);

    /// <summary>What a gate needs of the plan in a file: name, time zone, the store, the stages by name. Checks and other connections are not looked at.</summary>
    /// <exception cref="PlanException">What it needs has mistakes.</exception>
    public Plan ReadHead(string file) => Read(file, headOnly: true);

    Plan Read(string file, bool headOnly)
    {
        var secrets = new Secrets(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/", environment ?? Environment.GetEnvironmentVariable);
        var mistakes = new MistakeList(file, secrets);
        var plan = Bind(Load(file, mistakes, out var source), secrets, mistakes, headOnly);
        mistakes.ThrowIfAny();
        return plan! with { File = Path.GetFullPath(file), Source = source };
    }

    Plan? Bind(string text, Secrets secrets, MistakeList mistakes, bool headOnly)
    {
        if (YamlTree.Read(text, mistakes) is not { } root)
            return null;
        var binder = new PlanBinder(connectionTypes, secrets, mistakes, headOnly);
        var plan = binder.Plan(headOnly ? PlanHead.Of(root) : root);
        if (!headOnly && plan?.Connections.Count > 0)
        {
            var check = new NeedCheck(connectionTypes, plan.Connections, mistakes);
            foreach (var (measure, kind, node) in binder.Measures)
                check.Check(measure, kind, node);
        }
        return plan;
    }

    static string Load(string file, MistakeList mistakes, out byte[] source)
    {
        try
        {
            var bytes = File.ReadAllBytes(file);
            source = bytes;
            var text = StrictUtf8.GetString(bytes);
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (ArgumentException)
        {
            mistakes.Add(1, 1, "The file is not UTF-8: save it as UTF-8 (`iconv -f GBK -t UTF-8`).");
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
