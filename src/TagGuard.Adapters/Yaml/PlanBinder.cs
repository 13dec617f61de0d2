using TagGuard.Judgements;
using TagGuard.Keys;
using TagGuard.Measurements;
using TagGuard.Plans;

namespace TagGuard.Adapters.Yaml;

/// <summary>A measurement of the plan, its key and where its own keys are.</summary>
sealed record BoundMeasure(IMeasure Measure, string Kind, MapNode Node);

/// <summary>A measurement or rule that was found beside a record's own keys.</summary>
sealed record BoundKind(ScalarNode Key, object Part);

/// <summary>Fills the records of the plan from the nodes of the file, and asks each what is wrong with it.</summary>
/// <remarks>This file binds records; their values (words, lists, dictionaries) are in <see cref="ValueBinder"/>.</remarks>
sealed class PlanBinder
{
    readonly MistakeList _mistakes;
    readonly bool _headOnly;
    PartitionDefaults _partitions = new(null);
    readonly ValueBinder _values;

    public PlanBinder(IReadOnlyDictionary<string, Type> connectionTypes, Secrets secrets, MistakeList mistakes, bool headOnly = false)
    {
        _mistakes = mistakes;
        _headOnly = headOnly;
        _values = new ValueBinder(connectionTypes, secrets, mistakes, Record);
    }

    /// <summary>Every measurement with the place where it stands: what it needs can only be checked when all connections are known.</summary>
    public List<BoundMeasure> Measures { get; } = [];

    /// <summary>The plan, as far as it could be bound; null when nothing could.</summary>
    public Plan? Plan(Node root)
    {
        _partitions = new PartitionDefaults((root as MapNode)?.Value("connections") as MapNode);
        return (Plan?)Record(typeof(Plan), new Place("the plan", root, TakesSecrets: true), root).Value;
    }

    Bound Record(Type type, Place place, Node node)
    {
        if (node is not MapNode map)
        {
            if (PlanShape.Of(type).Short is { } alone)
                return Short(type, alone, place, node);
            var names = PlanShape.Of(type).Names;
            _mistakes.Add(
                node,
                $"{ValueBinder.Sentence(place.Label)} should be keys with values, such as "
                    + $"{string.Join(", ", names.Take(3).Select(name => $"`{name}: …`"))}.");
            return new(null, IsGood: false);
        }
        var part = Activator.CreateInstance(type)!;
        if (part is TablePlan table && _partitions.Fill(map) is var filled && filled != map)
            (map, table.PartitionOf) = (filled, ((ScalarNode)map.Value("connection")!).Text);
        var failed = Keys(part, PlanShape.Of(type), place, map);
        var isGood = failed.Count == 0;
        // A part with a bad key is not asked: it would complain about the default. The plan itself is, for each of its mistakes is about one key.
        if (part is IPlanPart known && (isGood || part is Plan))
        {
            foreach (var (key, message) in known.Mistakes())
            {
                var first = key?.Split('.')[0] ?? "";
                if (failed.Contains(first) || (_headOnly && first == PlanHead.Stages))
                    continue;
                _mistakes.Add((key is null ? null : map.Locate(key)) ?? place.At, message, about: map);
                isGood = false;
            }
        }
        return new(part, isGood);
    }

    /// <summary>Binds a record that is written as the value of one of its keys.</summary>
    Bound Short(Type type, PlanShapeKey key, Place place, Node node)
    {
        var bound = _values.Value(key.Type, place, node);
        if (bound.Value is null)
            return bound;
        var part = Activator.CreateInstance(type)!;
        key.Setter.Set(part, bound.Value);
        return new(part, bound.IsGood);
    }

    /// <summary>Binds every key of a record; returns the names of those that are wrong.</summary>
    HashSet<string> Keys(object part, PlanShape shape, Place place, MapNode map)
    {
        var failed = new HashSet<string>();
        var seen = new HashSet<string>();
        var kinds = new List<BoundKind>();
        foreach (var (name, value) in map.Pairs)
        {
            if (part is ConnectionPlan && name.Text == ValueBinder.TypeKey)
                continue;
            var isGood = true;
            if (!seen.Add(name.Text))
            {
                _mistakes.Add(name, $"`{name.Text}` is in {place.Label} twice: keep one of them.");
                isGood = false;
            }
            else if (shape.Keys.FirstOrDefault(key => key.Name == name.Text) is { } key)
            {
                var bound = _values.Value(key.Type, new Place($"`{key.Name}`", name, place.TakesSecrets && !key.IsStored) { Key = key }, value);
                if (bound.Value is not null)
                    key.Setter.Set(part, bound.Value);
                isGood = bound.IsGood;
            }
            else if (shape.Inline?.Kinds.TryGetValue(name.Text, out var kind) == true)
            {
                var bound = Inline(kind, name, place, value);
                if (bound.Value is not null)
                    kinds.Add(new BoundKind(name, bound.Value));
                isGood = bound.IsGood;
            }
            else
            {
                // Whatever it was meant to be is not missing as well.
                seen.Add(Unknown(name, shape, place) ?? "");
                isGood = false;
            }
            if (!isGood)
                failed.Add(name.Text);
        }
        foreach (var key in shape.Keys.Where(key => key.IsRequired && !seen.Contains(key.Name)))
        {
            failed.Add(key.Name);
            _mistakes.Add(
                place.At,
                $"`{key.Name}` is missing in {place.Label}{(key.About is null ? "" : $" ({key.About.Help.TrimEnd('.')})")}: add `{key.Name}: "
                    + $"{ValueBinder.ExampleOf(key)}`.");
        }
        if (shape.Inline is { } inline)
            Fill(part, inline, kinds, failed, place, seen);
        return failed;
    }

    Bound Inline(Type kind, ScalarNode name, Place place, Node value)
    {
        if (value is ScalarNode { IsNull: true })
        {
            _mistakes.Add(name, $"`{name.Text}` has no keys: write `{name.Text}: {{}}` if its defaults are right, or take it out.");
            return new(null, IsGood: false);
        }
        var bound = Record(kind, new Place($"`{name.Text}`", name, place.TakesSecrets), value);
        if (bound.Value is IMeasure measure)
            Measures.Add(new BoundMeasure(measure, name.Text, (MapNode)value));
        return bound;
    }

    void Fill(object part, PlanShapeInline inline, List<BoundKind> kinds, HashSet<string> failed, Place place, HashSet<string> seen)
    {
        if (inline.IsList)
        {
            inline.Setter.Set(part, kinds.Select(kind => (IRule)kind.Part).ToArray());
            return;
        }
        var names = string.Join(", ", inline.Kinds.Keys);
        if (kinds.Count > 1)
            _mistakes.Add(
                kinds[1].Key,
                $"{ValueBinder.Sentence(place.Label)} measures `{kinds[0].Key.Text}` and `{kinds[1].Key.Text}`: make a check of each.");
        else if (kinds.Count == 0 && failed.Count == 0)
            _mistakes.Add(place.At, $"{ValueBinder.Sentence(place.Label)} measures nothing: add one of {names}.");
        if (kinds.Count == 1)
            inline.Setter.Set(part, kinds[0].Part);
        else
            failed.Add("");
    }

    /// <summary>Tells that a key is unknown, and returns what it was probably meant to be.</summary>
    string? Unknown(ScalarNode name, PlanShape shape, Place place)
    {
        var near = Nearest.To(name.Text, shape.Names);
        var cure = name.Text == "<<" ? "`<<` does not merge here, so repeat the keys."
            : near is null ? "take it out, or correct it."
            : $"did you mean `{near}`?";
        _mistakes.Add(name, $"`{name.Text}` is not a key of {place.Label}: {cure} Known: {string.Join(", ", shape.Names)}.");
        return near;
    }
}
