using System.Globalization;
using CsvHelper;
using TagGuard.Keys;

namespace TagGuard.Adapters.Csv;

/// <summary>Reads a calendar's file: CSV with the columns date, name and kind (others are
/// not looked at), and lines of comment that begin with #.</summary>
/// <param name="mistake">Takes a mistake: its line (1-based), and a sentence with the cure.</param>
sealed class CalendarFile(Action<int, string> mistake)
{
    const string Needed = "a calendar has the columns date,name,kind, named in its first line, with commas between them.";

    /// <summary>More lines with a mistake are not told one by one: the file is of another sort.</summary>
    const int MostTold = 10;

    static readonly string[] Columns = ["date", "name", "kind"];

    readonly Dictionary<(DateOnly Date, string Name), int> _lines = [];
    int _mistakes;

    /// <summary>The days of a file; those of its lines that are right, when it has mistakes.</summary>
    public IReadOnlyList<NamedDay> Read(string text)
    {
        using var csv = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = ',',
            CommentPrefix = '#',
            TrimWhitespace = true,
            TrackLineNumbers = true,
            AllowLineBreaksInQuotes = false,
            MalformedData = CsvMalformedDataHandling.Skip,
            FieldCountMismatch = CsvFieldCountHandling.Skip,
            OnMalformedRecord = Tell,
        });
        csv.ReadHeader();
        var missing = Columns.Where(column => !csv.TryGetFieldIndex(column, out _)).ToList();
        if (missing.Count > 0)
        {
            Tell(
                csv.LineNumber,
                csv.Headers.Count == 0 ? $"The file is empty: {Needed}" : $"The column {string.Join(" and ", missing)} is missing: {Needed}");
            return [];
        }
        var days = new List<NamedDay>();
        while (csv.Read())
        {
            if (Day(csv) is { } day)
                days.Add(day);
        }
        if (days.Count == 0 && _mistakes == 0)
            Tell(csv.LineNumber, "The file lists no day: add lines such as 2026-11-11,Singles' Day,shopping, or take it out of the plan.");
        if (_mistakes > MostTold)
            mistake(1, $"{_mistakes - MostTold} more of its lines have mistakes: correct those that are told first.");
        return days;
    }

    NamedDay? Day(CsvReader csv)
    {
        var (date, name, kind) = (csv.GetString("date"), csv.GetString("name"), csv.GetString("kind"));
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            Tell(csv.LineNumber, $"\"{Short(date)}\" is not a date: write year-month-day, such as 2026-01-05.");
        else if (name.Length == 0)
            Tell(csv.LineNumber, "The day has no name: write what it is called, such as 2026-11-11,Singles' Day,shopping.");
        else if (kind.Length == 0)
            Tell(csv.LineNumber, "The day has no kind: write a word such as holiday, workday or shopping.");
        else if (!_lines.TryAdd((day, name), (int)csv.LineNumber))
            Tell(csv.LineNumber, $"\"{Short(name)}\" on {date} is in line {_lines[(day, name)]} already: keep one of them.");
        else
            return new NamedDay(day, name, kind);
        return null;
    }

    void Tell(CsvMalformedRecord record) => Tell(record.LineNumber, record.Reason == CsvMalformedReason.FieldCountMismatch
        ? "The line has more or fewer columns than the first: write one value for each, a name with a comma in it in quotes."
        : "The quotes of the line do not match: begin and end a value in quotes with one, and write two for one inside.");

    void Tell(long line, string message)
    {
        if (_mistakes++ < MostTold)
            mistake((int)Math.Max(1, line), message);
    }

    static string Short(string text) => text.Length <= 40 ? text : text[..37] + "…";
}
