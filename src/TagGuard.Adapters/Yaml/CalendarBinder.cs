using TagGuard.Adapters.Csv;
using TagGuard.Keys;
using TagGuard.Plans;

namespace TagGuard.Adapters.Yaml;

/// <summary>Reads the files that a plan's calendar names, and makes the calendar of them and of its events.</summary>
/// <param name="shipped">The folder of the calendars that come with the program: a file for each country, `cn.csv`.</param>
/// <param name="folder">The plan's folder, for relative paths.</param>
/// <param name="mistakes">Takes the mistakes.</param>
/// <param name="kept">The files as they were read before, in their order; null to read them.</param>
sealed class CalendarBinder(string shipped, string folder, MistakeList mistakes, IReadOnlyList<byte[]>? kept = null)
{
    const int MaxBytes = 4 * 1024 * 1024;

    readonly List<byte[]> _read = [];

    /// <summary>What was read, file by file: part of what the plan's hash is made of.</summary>
    public IReadOnlyList<byte[]> Read => _read;

    /// <summary>The calendar with its days; as far as they could be read, when there are mistakes.</summary>
    /// <param name="calendar">The keys of the plan.</param>
    /// <param name="plan">The plan's node, for the places of mistakes.</param>
    public CalendarPlan Fill(CalendarPlan calendar, MapNode plan)
    {
        var node = plan.Pairs.FirstOrDefault(pair => pair.Key.Text == "calendar")?.Value as MapNode;
        if (node is null)
            return calendar;
        var listed = Items(node, "countries", calendar.Countries).Select(item => Country(item.Value, item.At))
            .Concat(Items(node, "files", calendar.Files).Select(item => Days(Path.Combine(folder, item.Value), item.At)))
            .ToList();
        // A kind may be that of a day that could not be read: that was told already.
        if (listed.TrueForAll(days => days is not null)
            && IsWhole(node, "countries", calendar.Countries)
            && IsWhole(node, "files", calendar.Files)
            && IsWhole(node, "events", calendar.Events))
            CheckKinds(
                calendar,
                node,
                [.. listed.SelectMany(days => days!).Select(day => day.Kind).Concat(calendar.Events.Select(each => each.Kind)).Distinct()]);
        return calendar with { Days = calendar.With([.. listed.OfType<IReadOnlyList<NamedDay>>()]) };
    }

    /// <summary>The values of a list with their places; that of the key for all, when one of them is no word.</summary>
    static IEnumerable<(string Value, Node At)> Items(MapNode calendar, string key, IReadOnlyList<string> values)
    {
        var items = (calendar.Pairs.FirstOrDefault(pair => pair.Key.Text == key)?.Value as ListNode)?.Items ?? [];
        return values.Select((value, i) => (value, items.Count == values.Count ? items[i] : calendar.Locate(key) ?? calendar));
    }

    static bool IsWhole<T>(MapNode calendar, string key, IReadOnlyList<T> values) =>
        calendar.Pairs.FirstOrDefault(pair => pair.Key.Text == key) is not { } pair
        || (pair.Value is ListNode list && list.Items.Count == values.Count);

    IReadOnlyList<NamedDay>? Country(string name, Node at)
    {
        var known = Directory.Exists(shipped)
            ? Directory.GetFiles(shipped, "*.csv").Select(file => Path.GetFileNameWithoutExtension(file).ToUpperInvariant()).Order().ToList()
            : [];
        if (kept is not null || known.Contains(name.ToUpperInvariant()))
            return Days(Path.Combine(shipped, name.ToLowerInvariant() + ".csv"), at);
        mistakes.Add(
            at,
            $"No calendar of `{name}` comes with the program, which has {(known.Count == 0 ? $"none in {shipped}" : string.Join(", ", known))}: "
                + "make one as jobs/calendars/README.md says, and name it in `files`.");
        return null;
    }

    IReadOnlyList<NamedDay>? Days(string file, Node at)
    {
        if (Bytes(file, at) is not { } bytes)
            return null;
        _read.Add(bytes);
        if (TextFile.Read(bytes, (line, _, message) => mistakes.Add(file, line, message)) is not { } text)
            return null;
        var isGood = true;
        var days = new CalendarFile((line, message) =>
        {
            mistakes.Add(file, line, message);
            isGood = false;
        }).Read(text);
        return isGood ? days : null;
    }

    byte[]? Bytes(string file, Node at)
    {
        if (kept is not null)
            return kept.ElementAtOrDefault(_read.Count);
        try
        {
            var bytes = FileBytes.Read(file, MaxBytes);
            if (bytes.Length <= MaxBytes)
                return bytes;
            mistakes.Add(at, $"The file {file} is larger than 4 MB, so it is not a calendar: name a CSV file with the columns date,name,kind.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            mistakes.Add(
                at,
                fault is FileNotFoundException or DirectoryNotFoundException
                    ? $"The calendar {file} is not there: correct the path, which is relative to the plan's folder, or make it as "
                        + "jobs/calendars/README.md says."
                    : $"The calendar {file} cannot be read: it must be a file that the user who runs tagguard may read (`ls -l`).");
        }
        return null;
    }

    void CheckKinds(CalendarPlan calendar, MapNode node, IReadOnlyCollection<string> known)
    {
        foreach (var kind in calendar.Effects.Keys.Where(kind => !known.Contains(kind)))
        {
            var cure = Nearest.To(kind, known) is { } near ? $"did you mean `{near}`?" : "take it out, or correct it.";
            mistakes.Add(
                node.Locate($"effects.{kind}") ?? node,
                $"No day of the calendar is of the kind `{kind}`: {cure} There are {string.Join(", ", known)}.");
        }
    }
}
