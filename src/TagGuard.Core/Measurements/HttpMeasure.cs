using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using TagGuard.Facts;
using TagGuard.Judgements;
using TagGuard.Judgements.Rules;
using TagGuard.Keys;
using TagGuard.Phrases;
using TagGuard.Sources;

namespace TagGuard.Measurements;

/// <summary>`http`: a field of the JSON that an endpoint answers with, such as the state of a job in a scheduler.</summary>
public sealed record HttpMeasure : IMeasure
{
    [Required, PlanKey("Connection that answers.")]
    public string Connection { get; init; } = "";

    [Required, PlanKey("Path and query behind the connection's url; may hold {date:…}.", Example = "/api/jobs/dw_user?date={date:yyyy-MM-dd}")]
    public DatePattern Path { get; init; } = new("");

    [Required, PlanKey("The field: names with dots between them, [0] for an item of a list.", Example = "data.status")]
    public string Field { get; init; } = "";

    [PlanKey("The value that is right: text, a number, true or false; may hold {date:…}.", Name = "equals", Example = "SUCCESS")]
    public ValuePattern? Exactly { get; init; }

    [PlanKey("The smallest number that is right.")]
    public double? AtLeast { get; init; }

    [PlanKey(
        "Clock time of the morning after the business date by which it must hold. Without it, what does not hold is not ready, whenever it is "
            + "asked for.",
        Example = "\"05:00\"")]
    public TimeOnly? Deadline { get; init; }

    public IReadOnlyList<string> Metrics => [Facts.Metrics.Answer];

    public IReadOnlyList<Need> Needs => [new(Connection, typeof(IJsonSource))];

    public IReadOnlyList<IRule> Rules => [new HoldsRule { Metric = Facts.Metrics.Answer, Deadline = Deadline, Holding = Holding }];

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Exactly is null == AtLeast is null)
            yield return (null, "Say what is right: `equals: SUCCESS` or `at_least: 1`, one of them.");
        if (JsonField.MistakeIn(Field) is { } mistake)
            yield return ("field", mistake);
        if (MistakeIn(Path.Text) is { } wrong)
            yield return ("path", wrong);
    }

    /// <summary>Why a text is no path behind a connection's url, or null.</summary>
    internal static string? MistakeIn(string path) =>
        !path.StartsWith('/') || path.StartsWith("//", StringComparison.Ordinal) || path.AsSpan().ContainsAny(" \\#\r\n")
            ? $"\"{path}\" is not a path on the connection's server: begin it with one /, and write blanks as %20."
            : null;

    public IReadOnlyList<Question> Questions(DateOnly date, ISources sources) =>
        [new(Connection, $"{sources.Get<IJsonSource>(Connection).Question(Path.For(date))}  -- {Field}: {Wanted(Exactly?.For(date))} required")];

    public async Task<Taking> TakeAsync(MeasureContext context, CancellationToken cancellationToken)
    {
        var date = context.Day.Date;
        var answer = await context.AskAsync(
            Connection,
            (IJsonSource source, CancellationToken token) => source.GetAsync(Path.For(date), token),
            cancellationToken);
        var series = context.Series(Facts.Metrics.Answer);
        var found = JsonField.Find(answer.Root, Field);
        return new Taking(
            [found.Value is { } value ? Compare(series, value, date) : new Measurement.Missed(series, found.Why, found.MayStillCome)],
            answer.Asked);
    }

    Measurement Compare(SeriesId series, JsonElement value, DateOnly date)
    {
        var wanted = Exactly?.For(date);
        double? number = value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var parsed) && double.IsFinite(parsed) ? parsed : null;
        if (AtLeast is not null && number is null)
            return new Measurement.Missed(
                series,
                $"{Field} is {JsonField.Show(value)}, which is not a number: take `equals` instead of `at_least`, or another field.",
                IsAbsent: false);
        return (AtLeast is null ? IsEqual(value, number, wanted!) : number >= AtLeast)
            ? new Measurement.Taken(series, number ?? 1)
            : new Measurement.Missed(series, $"{Field} is {JsonField.Show(value)}, {Wanted(wanted)} required.", IsAbsent: true);
    }

    static bool IsEqual(JsonElement value, double? number, string wanted) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() == wanted,
        JsonValueKind.Number => double.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var other) && other == number,
        _ => value.GetRawText() == wanted,
    };

    string Wanted(string? equals) => AtLeast is { } least ? $"at least {Figures.Number(least)}" : equals ?? "";

    Phrase Holding => AtLeast is { } least
        ? new Phrase("verdict.holds_at_least", ("field", Field), ("least", least))
        : new Phrase("verdict.holds", ("field", Field), ("value", Exactly?.Text ?? ""));
}
