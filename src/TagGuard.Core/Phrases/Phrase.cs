namespace TagGuard.Phrases;

/// <summary>What is said, before it is words: a name and the values that the words of each language hold.</summary>
/// <remarks>
/// It is what a verdict stores, beside its English text, so that an old day can be read in another language and nobody has to cut a sentence apart.
/// Values are numbers (double), texts (names, dates as yyyy-MM-dd, what a system answered), other phrases, or lists of phrases. Equal by value.
/// The words stand in `Phrases/en` and `Phrases/zh`: the name's first part is the file.
/// </remarks>
public sealed class Phrase : IEquatable<Phrase>
{
    const string TextName = "text";
    const string JoinedName = "joined";
    const string ValueName = "is";

    /// <param name="name">Its name: the file of its words, a dot, and the name in it, such as `verdict.judged`.</param>
    /// <param name="values">Its values by name; one that is null is left out.</param>
    /// <exception cref="ArgumentException">A value is of a type that cannot be stored.</exception>
    public Phrase(string name, params IReadOnlyList<(string Name, object? Value)> values)
    {
        Name = name;
        var held = new List<(string, object)>(values.Count);
        foreach (var value in values)
        {
            if (value.Value is not null)
                held.Add((value.Name, Checked(name, value)));
        }
        Values = held;
    }

    public string Name { get; }

    /// <summary>Each value with its name, in the order they were given.</summary>
    public IReadOnlyList<(string Name, object Value)> Values { get; }

    /// <summary>A text that is the same in every language: what a system answered, or a sentence that was stored before phrases were.</summary>
    public static Phrase Text(string text) => new(TextName, (ValueName, text));

    /// <summary>Sentences one after another.</summary>
    public static Phrase Joined(params IReadOnlyList<Phrase> phrases) => phrases is [var only] ? only : new(JoinedName, (ValueName, phrases));

    /// <summary>This sentence and the next.</summary>
    public Phrase And(Phrase next) => Joined([.. AsJoined ?? [this], next]);

    /// <summary>The value of this name; null when it has none.</summary>
    public object? this[string name]
    {
        get
        {
            foreach (var value in Values)
            {
                if (value.Name == name)
                    return value.Value;
            }
            return null;
        }
    }

    /// <summary>The same text in every language; null when it has words.</summary>
    internal string? AsText => Name == TextName ? (string)this[ValueName]! : null;

    /// <summary>The sentences that it joins; null when it is a single one.</summary>
    internal IReadOnlyList<Phrase>? AsJoined => Name == JoinedName ? (IReadOnlyList<Phrase>)this[ValueName]! : null;

    public bool Equals(Phrase? other) =>
        other is not null && Name == other.Name && Values.Count == other.Values.Count
        && Values.Zip(other.Values).All(pair => IsSame(pair.First, pair.Second));

    static bool IsSame((string Name, object Value) left, (string Name, object Value) right) =>
        left.Name == right.Name && (left.Value, right.Value) switch
        {
            (IReadOnlyList<Phrase> these, IReadOnlyList<Phrase> those) => these.SequenceEqual(those),
            var (one, other) => one.Equals(other),
        };

    public override bool Equals(object? obj) => Equals(obj as Phrase);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Name);
        foreach (var (_, value) in Values)
            hash.Add(value is IReadOnlyList<Phrase> list ? list.Count : value.GetHashCode());
        return hash.ToHashCode();
    }

    /// <summary>Whether it is a text that is the same in every language.</summary>
    public bool IsText => AsText is not null;

    /// <summary>The English words, for logs and debuggers.</summary>
    public override string ToString() => Phrasebook.Of(Language.En).Say(this);

    static object Checked(string name, (string Name, object? Value) value) => value.Value switch
    {
        double number when !double.IsFinite(number) => Figures.Number(number),
        double or string or Phrase or IReadOnlyList<Phrase> => value.Value,
        int number => (double)number,
        long number => (double)number,
        DateOnly date => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"The phrase {name} cannot hold {value.Name}: a {value.Value!.GetType().Name} is neither a number, a text "
            + "nor a phrase.", nameof(value)),
    };
}
