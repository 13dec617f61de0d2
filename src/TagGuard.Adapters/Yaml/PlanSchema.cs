using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TagGuard.Keys;
using TagGuard.Plans;

namespace TagGuard.Adapters.Yaml;

/// <summary>The JSON schema of plans (2020-12), for editors: made of the same records that the reader fills.</summary>
/// <remarks>
/// A schema cannot know everything: which connections there are, what a rule's numbers must be to ever fire. The reader says that.
/// Under stages each record is a definition of its own; connections stand in place, because there alone a number may also be `${env:…}`.
/// </remarks>
public sealed class PlanSchema
{
    const string Secret = "\\$\\{(env|file):[^}]+\\}";
    static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly IReadOnlyDictionary<string, Type> _connectionTypes;
    readonly SortedDictionary<string, JsonObject> _definitions = new(StringComparer.Ordinal);

    PlanSchema(IReadOnlyDictionary<string, Type> connectionTypes) => _connectionTypes = connectionTypes;

    /// <summary>The schema's text, for plans with these types of connection.</summary>
    public static string Text(IReadOnlyDictionary<string, Type> connectionTypes) => Of(connectionTypes).ToJsonString(Layout) + "\n";

    public static JsonObject Of(IReadOnlyDictionary<string, Type> connectionTypes)
    {
        var schema = new PlanSchema(connectionTypes);
        var root = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "TagGuard plan" };
        foreach (var (name, value) in schema.Keys(typeof(Plan), takesSecrets: true).ToList())
            root[name] = value?.DeepClone();
        root["$defs"] = new JsonObject(schema._definitions.Select(definition => KeyValuePair.Create(definition.Key, (JsonNode?)definition.Value)));
        return root;
    }

    JsonObject Keys(Type type, bool takesSecrets, string? connectionType = null)
    {
        var shape = PlanShape.Of(type);
        var properties = new JsonObject();
        var required = new JsonArray();
        if (connectionType is not null)
        {
            properties[ValueBinder.TypeKey] = new JsonObject { ["const"] = connectionType };
            required.Add((JsonNode)ValueBinder.TypeKey);
        }
        foreach (var key in shape.Keys)
        {
            properties[key.Name] = Key(key, takesSecrets && !key.IsStored);
            if (key.IsRequired)
                required.Add((JsonNode)key.Name);
        }
        foreach (var (name, kind) in shape.Inline?.Kinds ?? new Dictionary<string, Type>())
            properties[name] = Value(kind, takesSecrets);
        var keys = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (required.Count > 0)
            keys["required"] = required;
        if (shape.Inline is { IsList: false } one)
            keys["oneOf"] = new JsonArray([.. one.Kinds.Keys.Select(name => new JsonObject { ["required"] = new JsonArray(name) })]);
        return keys;
    }

    JsonObject Key(PlanShapeKey key, bool takesSecrets)
    {
        var value = Value(key.Type, takesSecrets);
        if (key.About is { } about)
            value.Insert(0, "description", about.Help);
        if (key.About?.Example is { } example && ScalarType.Of(key.Type) is { } scalar)
            value["examples"] = new JsonArray(Example(scalar, example));
        if (key.Range is { } range)
        {
            value["minimum"] = JsonSerializer.SerializeToNode(range.Minimum);
            value["maximum"] = JsonSerializer.SerializeToNode(range.Maximum);
        }
        var least = value["type"]?.ToString() switch
        {
            "string" => "minLength",
            "array" => "minItems",
            "object" when value.ContainsKey("additionalProperties") && !value.ContainsKey("properties") => "minProperties",
            _ => null,
        };
        if (key.IsRequired && least is not null)
            value[least] = 1;
        return value;
    }

    JsonObject Value(Type type, bool takesSecrets)
    {
        if (ScalarType.Of(type) is { } scalar)
            return Scalar(scalar, type, takesSecrets);
        if (ValueBinder.ItemOf(type, typeof(IReadOnlyDictionary<,>)) is { } entry)
            return new JsonObject
            {
                ["type"] = "object",
                ["propertyNames"] = new JsonObject { ["minLength"] = 1 },
                ["additionalProperties"] = Value(entry, takesSecrets),
            };
        if (ValueBinder.ItemOf(type, typeof(IReadOnlyList<>)) is { } item)
            return new JsonObject { ["type"] = "array", ["items"] = Value(item, takesSecrets) };
        if (type == typeof(ConnectionPlan))
            return Connection();
        var record = takesSecrets ? Keys(type, takesSecrets) : Definition(type);
        return PlanShape.Of(type).Short is { } alone
            ? new JsonObject { ["anyOf"] = new JsonArray(Key(alone, takesSecrets), record) }
            : record;
    }

    static JsonObject Scalar(ScalarType scalar, Type type, bool takesSecrets)
    {
        var pattern = scalar.Choices.Count > 0 ? null : scalar.Pattern;
        // A number or a duration may also be the name of a secret; text may be anything as it is.
        if (takesSecrets && (pattern is not null || scalar.Json[0] != "string"))
            pattern = pattern is null ? $"^{Secret}$" : $"{pattern}|{Secret}";
        string[] json = takesSecrets && !scalar.Json.Contains("string") ? [.. scalar.Json, "string"] : scalar.Json;
        var value = new JsonObject { ["type"] = json.Length == 1 ? json[0] : new JsonArray([.. json.Select(name => (JsonNode)name)]) };
        if (scalar.Choices.Count > 0)
            value["enum"] = new JsonArray([.. scalar.Choices.Select(choice => (JsonNode)choice)]);
        if (pattern is not null)
            value["pattern"] = pattern;
        value["examples"] = new JsonArray(Example(scalar, scalar.Example));
        return type == typeof(Limits) ? OneOrTwo(value) : value;
    }

    /// <summary>Limits: one percentage, or a drop and a rise.</summary>
    static JsonObject OneOrTwo(JsonObject one)
    {
        one.Remove("examples");
        var both = new JsonObject
        {
            ["type"] = "array",
            ["prefixItems"] = new JsonArray(
                new JsonObject { ["type"] = "string", ["pattern"] = "^-\\d+(\\.\\d+)?%$" },
                new JsonObject { ["type"] = "string", ["pattern"] = "^\\+?\\d+(\\.\\d+)?%$" }),
            ["minItems"] = 2,
            ["maxItems"] = 2,
        };
        return new JsonObject { ["anyOf"] = new JsonArray(one, both), ["examples"] = new JsonArray("-10%", new JsonArray("-10%", "+30%")) };
    }

    JsonObject Connection() => _connectionTypes.Count == 0
        ? new JsonObject { ["type"] = "object", ["required"] = new JsonArray(ValueBinder.TypeKey) }
        : new JsonObject { ["oneOf"] = new JsonArray([.. _connectionTypes.Select(type => Keys(type.Value, takesSecrets: true, type.Key))]) };

    JsonObject Definition(Type type)
    {
        var name = PlanShape.SnakeCase(type.Name);
        if (!_definitions.ContainsKey(name))
        {
            // First the name, then what is behind it: a record that holds its own kind ends here.
            _definitions[name] = [];
            _definitions[name] = Keys(type, takesSecrets: false);
        }
        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    /// <summary>An example as the YAML of the plan would give it to a schema: a number as a number, text without its quotes.</summary>
    static JsonNode Example(ScalarType scalar, string example) => scalar.Json[0] switch
    {
        "integer" or "boolean" => JsonNode.Parse(example)!,
        "number" when !example.EndsWith('%') => JsonNode.Parse(example)!,
        _ => example.Trim('"'),
    };
}
