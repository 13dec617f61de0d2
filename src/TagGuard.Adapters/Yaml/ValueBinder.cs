using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using TagGuard.Keys;
using TagGuard.Plans;

namespace TagGuard.Adapters.Yaml;

/// <summary>What came of a node: the value (of a record, as far as it could be filled), and whether it is right.</summary>
sealed record Bound(object? Value, bool IsGood);

/// <summary>Where a value belongs: what to call it in a message, where that stands, and whether secrets are filled in.</summary>
sealed record Place(string Label, Node At, bool TakesSecrets)
{
    /// <summary>The key, or null for an item of a list or dictionary.</summary>
    public PlanShapeKey? Key { get; init; }
}

/// <summary>Binds the values of keys: words, lists, dictionaries, connections; records are left to <see cref="PlanBinder"/>.</summary>
sealed class ValueBinder(
    IReadOnlyDictionary<string, Type> connectionTypes,
    Secrets secrets,
    MistakeList mistakes,
    Func<Type, Place, Node, Bound> record)
{
    public const string TypeKey = "type";

    public Bound Value(Type type, Place place, Node node)
    {
        if (node is ScalarNode { IsNull: true })
            return Wrong(place.At, $"{Sentence(place.Label)} has no value: write one{Example(place, type)}, or take the line out.");
        if (ScalarType.Of(type) is { } scalar)
            return Scalar(scalar, type, place, node);
        if (ItemOf(type, typeof(IReadOnlyDictionary<,>)) is { } entry)
            return Dictionary(entry, place, node);
        if (ItemOf(type, typeof(IReadOnlyList<>)) is { } item)
            return List(item, place, node);
        return type == typeof(ConnectionPlan) ? Connection(place, node) : record(type, place, node);
    }

    /// <summary>What a key may look like.</summary>
    public static string ExampleOf(PlanShapeKey key) =>
        key.About?.Example ?? ScalarType.Of(key.Type)?.Example ?? (ItemOf(key.Type, typeof(IReadOnlyList<>)) is null ? "{ … }" : "[ … ]");

    /// <summary>The item type of a list or dictionary type; null when it is none.</summary>
    public static Type? ItemOf(Type type, Type generic) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == generic ? type.GetGenericArguments()[^1] : null;

    Bound Scalar(ScalarType scalar, Type type, Place place, Node node)
    {
        var shown = node is ScalarNode word ? word.Text : null;
        var text =
            node is ScalarNode one ? secrets.Expand(one, place.TakesSecrets, mistakes)
            : type == typeof(Limits) && node is ListNode list ? Pair(list, place)
            : null;
        if (text is null)
            return node is ScalarNode || (type == typeof(Limits) && node is ListNode)
                ? new(null, IsGood: false)
                : Wrong(
                    node,
                    $"{Sentence(place.Label)} should be {scalar.Expected}, not "
                        + $"{(node is ListNode ? "a list" : "keys with values")}{Example(place, type, ": write")}.");
        if (place.Key is { IsRequired: true } && string.IsNullOrWhiteSpace(text))
            return Wrong(node, $"{Sentence(place.Label)} is empty: write {scalar.Expected}{Example(place, type)}.");
        if (scalar.Parse(text, out var value) is { } why)
            return Wrong(
                node,
                $"{Sentence(place.Label)} should be {scalar.Expected}{(shown is null ? "" : $", not `{Short(shown)}`")}: {why} "
                    + $"Example:{Example(place, type, "")}.");
        return place.Key?.Range is { } range && OutOf(range, value!) is { } outside
            ? Wrong(node, $"{Sentence(place.Label)} should be {outside}, not `{Short(shown ?? text)}`.")
            : new(value, IsGood: true);
    }

    /// <summary>The list `[-10%, +30%]` as the text that its parser reads.</summary>
    string? Pair(ListNode list, Place place)
    {
        var parts = list.Items.Select(item => item is ScalarNode word ? secrets.Expand(word, place.TakesSecrets, mistakes) : "").ToList();
        return parts.Contains(null) ? null : $"[{string.Join(',', parts)}]";
    }

    Bound List(Type itemType, Place place, Node node)
    {
        if (node is not ListNode list)
            return Wrong(node, $"{Sentence(place.Label)} should be a list: begin each item with `- `, or write [a, b].");
        if (list.Items.Count == 0 && place.Key is { IsRequired: true })
            return Wrong(node, $"{Sentence(place.Label)} is empty: add an item{Example(place, typeof(IReadOnlyList<>))}.");
        var bound = list
            .Items.Select((item, i) => Value(itemType, new Place($"item {i + 1} of {place.Label}", item, place.TakesSecrets), item))
            .ToList();
        var values = bound.Where(one => one.Value is not null).ToList();
        var array = Array.CreateInstance(itemType, values.Count);
        for (var i = 0; i < values.Count; i++)
            array.SetValue(values[i].Value, i);
        return new(array, values.Count == bound.Count);
    }

    Bound Dictionary(Type valueType, Place place, Node node)
    {
        if (node is not MapNode map)
            return Wrong(node, $"{Sentence(place.Label)} should be names with values: write each as `name: …`.");
        if (map.Pairs.Count == 0 && place.Key is { IsRequired: true })
            return Wrong(node, $"{Sentence(place.Label)} is empty: add the first as `name: …`.");
        // Keeps the order of the file, in which stages run.
        var values = (IDictionary)Activator.CreateInstance(typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), valueType))!;
        var isGood = true;
        foreach (var (name, item) in map.Pairs)
        {
            if (string.IsNullOrWhiteSpace(name.Text) || values.Contains(name.Text))
            {
                isGood = Wrong(name, string.IsNullOrWhiteSpace(name.Text)
                    ? $"A name in {place.Label} is empty: give it one."
                    : $"`{name.Text}` is in {place.Label} twice: keep one of them, or rename one.").IsGood;
                continue;
            }
            if (Names.MistakeIn(name.Text) is { } mistake)
            {
                isGood = Wrong(name, mistake).IsGood;
                continue;
            }
            var bound = Value(valueType, new Place($"`{name.Text}`", name, place.TakesSecrets), item);
            if (bound.Value is not null || valueType == typeof(ConnectionPlan))
                values.Add(name.Text, bound.Value ?? UnreadConnection.Instance);
            // A record with a mistake inside is there all the same; a list that lacks items is not what the plan says.
            isGood &= bound.IsGood || bound.Value is not (null or Array);
        }
        return new(values, isGood);
    }

    Bound Connection(Place place, Node node)
    {
        var known = connectionTypes.Keys;
        if (node is not MapNode map)
            return Wrong(node, $"{Sentence(place.Label)} should be keys with values: begin with `type:`, one of {string.Join(", ", known)}.");
        if (map.Locate(TypeKey) is not { } key)
            return Wrong(place.At, $"`{TypeKey}` is missing in {place.Label}: add one of {string.Join(", ", known)}.");
        var pair = map.Pairs.First(pair => pair.Key == key);
        if (map.Pairs.LastOrDefault(other => other.Key.Text == TypeKey && other.Key != key) is { Key: var twice })
            return Wrong(twice, $"`{TypeKey}` is in {place.Label} twice: keep one of them.");
        if (pair.Value is not ScalarNode { Text: var name } || !connectionTypes.TryGetValue(name, out var type))
        {
            var near = pair.Value is ScalarNode word ? Nearest.To(word.Text, known) : null;
            return Wrong(
                pair.Value,
                $"This type of {place.Label} is not known: {(near is null ? "use" : $"did you mean `{near}`? There are")} "
                    + $"{string.Join(", ", known)}.");
        }
        return record(type, place, node);
    }

    Bound Wrong(Node at, string message)
    {
        mistakes.Add(at, message);
        return new(null, IsGood: false);
    }

    static string? OutOf(RangeAttribute range, object value)
    {
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        return
            number < Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture)
            || number > Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture)
            ? string.Create(CultureInfo.InvariantCulture, $"from {range.Minimum} to {range.Maximum}")
            : null;
    }

    static string Example(Place place, Type type, string lead = ", such as")
    {
        if (place.Key is { } key)
            return $"{lead} `{key.Name}: {ExampleOf(key)}`";
        return ScalarType.Of(type) is { } scalar ? $"{lead} `{scalar.Example}`" : "";
    }

    public static string Sentence(string label) => char.ToUpperInvariant(label[0]) + label[1..];

    static string Short(string text) => text.Length <= 60 ? text : text[..57] + "…";
}
