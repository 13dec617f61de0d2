using TagGuard.Facts;
using TagGuard.Keys;
using TagGuard.Phrases;

namespace TagGuard.Judgements.Rules;

/// <summary>The warehouse's own table of tags could be read, names one family a tag, and has the tags that there are. It only tells: the tags are
/// judged without it as well.</summary>
public sealed record TagTableRule : IRule
{
    /// <summary>Tags that a sentence names.</summary>
    const int MostNamed = 5;

    public string Kind => "tag_table";

    public int HistoryDays => 0;

    public bool CanClose => false;

    public IReadOnlyList<string> About => [Metrics.TableTags];

    public IEnumerable<KeyMistake> Mistakes() => [];

    public IEnumerable<Judgement> Judge(Batch batch)
    {
        var series = new SeriesId(batch.Check, Metrics.TableTags);
        return batch.Today.FirstOrDefault(measurement => measurement.Series == series) switch
        {
            Measurement.Taken taken => [Read(taken, batch)],
            Measurement.Missed missed => [Unread(missed, batch)],
            _ => [],
        };
    }

    Judgement Unread(Measurement.Missed missed, Batch batch) => new()
    {
        Series = missed.Series,
        Rule = Kind,
        Verdict = Verdict.Warn,
        Finding = missed.IsWrongQuestion ? Finding.WrongQuestion : Finding.Missing,
        Said = batch.History.Measured(missed.Series) is [.., var last]
            ? new Phrase("verdict.tag_table_unread", ("reason", Phrase.Text(missed.Reason)), ("date", last.Date))
            : new Phrase("verdict.tag_table_never_read", ("reason", Phrase.Text(missed.Reason))),
        Clue = missed.IsWrongQuestion ? null : new Phrase("cause.no_answer"),
        Blocking = false,
    };

    Judgement Read(Measurement.Taken read, Batch batch)
    {
        var tags = batch.Today.OfType<Measurement.Taken>().Where(tag => tag.Series.IsTag && tag.Value > 0).Select(tag => tag.Series).Order().ToList();
        var twice = tags.Where(tag => batch.Families.EntryOf(tag.Key)?.Families is not null).ToList();
        var without = tags.Where(tag => batch.Families.EntryOf(tag.Key) is null).ToList();
        var isTold = twice.Count > 0 || without.Exists(tag => IsNews(tag, read.Series, batch));
        return new()
        {
            Series = read.Series,
            Rule = Kind,
            Verdict = isTold ? Verdict.Warn : Verdict.Pass,
            Finding = isTold ? Finding.TagTable : Finding.Normal,
            Said = Phrase.Joined(
            [
                .. twice.Select(_ => Named("verdict.tag_table_twice", twice, tag => $"{tag} ({batch.Families.EntryOf(tag)!.Families})")).Take(1),
                .. without.Select(_ => Named("verdict.tag_table_lacks", without, tag => tag)).Take(1),
                .. twice.Count + without.Count > 0 ? [] : new[] { new Phrase("verdict.tag_table_whole", ("count", tags.Count)) },
            ]),
            Value = read.Value,
            Blocking = false,
        };
    }

    /// <summary>Whether a tag was not missing from the table before: it is new, or was in the table, or nobody had looked.</summary>
    static bool IsNews(SeriesId tag, SeriesId table, Batch batch) =>
        batch.History.Measured(table) is not [.., var last]
        || batch.History.Measured(tag).Count == 0
        || batch.History.Tags.On(tag.Key, last.Date) is not null;

    static Phrase Named(string phrase, List<SeriesId> tags, Func<string, string> name) => new(
        phrase,
        ("count", tags.Count),
        ("tags", string.Join(", ", tags.Take(MostNamed).Select(tag => name(tag.Key))) + (tags.Count > MostNamed ? ", …" : "")));
}
