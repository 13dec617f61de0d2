using TagGuard.Phrases;

namespace TagGuard.Jobs.Terminal;

/// <summary>The words of the console, in the language of the plan that was read, or of `--language`. JSON and exit codes have none.</summary>
static class Spoken
{
    public static Phrasebook Book { get; set; } = Phrasebook.Of(Language.En);

    public static string Say(string name, params IReadOnlyList<(string Name, object? Value)> values) => Book.Say(name, values);

    /// <summary>On a line of its own on stderr, unless only faults are wanted there.</summary>
    public static void Aside(string name, params IReadOnlyList<(string Name, object? Value)> values) =>
        ErrorConsole.Aside.WriteLine(Say(name, values));

    /// <summary>On a line of its own on stderr.</summary>
    public static void Line(string name, params IReadOnlyList<(string Name, object? Value)> values) => Console.Error.WriteLine(Say(name, values));
}
