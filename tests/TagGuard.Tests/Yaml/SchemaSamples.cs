using System.Text.Json.Nodes;

namespace TagGuard.Tests.Yaml;

/// <summary>Makes plans from a schema: one for each of its keys, with an unknown key in each of its records, without each required key.</summary>
/// <remarks>JSON is YAML, so the reader reads them. This knows the schema only, and nothing of the records behind it.</remarks>
sealed class SchemaSamples(JsonObject schema)
{
    /// <summary>For each key of the schema, the smallest plan that uses it.</summary>
    public IEnumerable<(string Path, JsonObject Plan, JsonObject Schema)> EachKey() =>
        from record in Records(schema, "", plan => plan.AsObject())
        from key in record.Schema["properties"]!.AsObject()
        select ($"{record.Path}/{key.Key}", record.Place(With(record.Schema, key.Key)), key.Value!.AsObject());

    /// <summary>For each record of the schema, the smallest plan with an unknown key in it, and the keys it has.</summary>
    public IEnumerable<(string Path, JsonObject Plan, IReadOnlyList<string> Keys)> EachRecord(string unknown)
    {
        foreach (var record in Records(schema, "", plan => plan.AsObject()))
        {
            var sample = Smallest(record.Schema).AsObject();
            sample[unknown] = 1;
            yield return (record.Path, record.Place(sample), [.. record.Schema["properties"]!.AsObject().Select(key => key.Key)]);
        }
    }

    public IEnumerable<(string Key, JsonObject Plan)> EachWithoutRequired()
    {
        foreach (var record in Records(schema, "", plan => plan.AsObject()))
        {
            foreach (var key in record.Schema["required"]?.AsArray() ?? [])
            {
                var sample = Smallest(record.Schema).AsObject();
                sample.Remove(key!.ToString());
                yield return (key.ToString(), record.Place(sample));
            }
        }
    }

    /// <summary>Every record (object with properties) that can be reached, with how a sample of it becomes a whole plan.</summary>
    IEnumerable<(string Path, JsonObject Schema, Func<JsonObject, JsonObject> Place)> Records(
        JsonObject at,
        string path,
        Func<JsonNode, JsonObject> place)
    {
        at = Resolve(at);
        if (at["properties"] is JsonObject keys)
        {
            yield return (path, at, sample => place(sample));
            foreach (var (key, value) in keys)
            {
                foreach (var inner in Records(value!.AsObject(), $"{path}/{key}", sample => place(With(at, key, sample))))
                    yield return inner;
            }
            yield break;
        }
        foreach (var option in at["oneOf"]?.AsArray() ?? [])
        {
            foreach (var inner in Records(option!.AsObject(), $"{path}({option["properties"]!["type"]!["const"]})", place))
                yield return inner;
        }
        if (at["items"] is JsonObject item)
        {
            foreach (var inner in Records(item, path + "[]", sample => place(new JsonArray(sample))))
                yield return inner;
        }
        if (at["additionalProperties"] is JsonObject entry)
        {
            foreach (var inner in Records(entry, path + "/*", sample => place(new JsonObject { ["extra"] = sample })))
                yield return inner;
        }
    }

    /// <summary>The smallest record with this key.</summary>
    JsonObject With(JsonObject record, string key, JsonNode? value = null)
    {
        var sample = Smallest(record).AsObject();
        var kinds = record["oneOf"]?.AsArray().Select(option => option!["required"]![0]!.ToString()).ToList();
        if (kinds?.Contains(key) == true)
            kinds.ForEach(kind => sample.Remove(kind));
        value ??= Smallest(record["properties"]![key]!.AsObject());
        // A plan without its store and its warehouse would only tell of that.
        sample[key] = key == "connections" ? Connections(value.AsObject()) : value;
        return sample;
    }

    JsonNode Smallest(JsonObject at)
    {
        at = Resolve(at);
        if (at["examples"] is JsonArray examples)
            return examples[0]!.DeepClone();
        if (at["const"] is { } constant)
            return constant.DeepClone();
        if (at["properties"] is JsonObject keys)
        {
            var sample = new JsonObject();
            var kind = at["oneOf"]?[0]!["required"]![0];
            foreach (var key in (at["required"]?.AsArray() ?? []).Append(kind).Where(key => key is not null).Select(key => key!.ToString()))
                sample[key] = key == "connections" ? Connections([]) : Smallest(keys[key]!.AsObject());
            return sample;
        }
        if (at["oneOf"] is JsonArray options)
            return Smallest(options[0]!.AsObject());
        if (at["items"] is JsonObject item)
            return new JsonArray(Smallest(item));
        return new JsonObject { ["extra"] = Smallest(at["additionalProperties"]!.AsObject()) };
    }

    /// <summary>A definition by its name; of a record that may be written as one of its values, the record.</summary>
    JsonObject Resolve(JsonObject at) =>
        at["$ref"] is { } reference ? schema["$defs"]![reference.ToString()["#/$defs/".Length..]]!.AsObject()
        : at["anyOf"] is JsonArray { Count: 2 } forms && forms[1]!["$ref"] is not null ? Resolve(forms[1]!.AsObject())
        : at;

    static JsonObject Connections(JsonObject more)
    {
        more["store"] = JsonNode.Parse("""{ "type": "sqlite", "path": "s" }""");
        more["some text"] = JsonNode.Parse("""{ "type": "duckdb", "path": "w" }""");
        return more;
    }
}
