using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text;
using TagGuard.Judgements;
using TagGuard.Measurements;
using TagGuard.Plans;

namespace TagGuard.Adapters.Yaml;

/// <summary>The keys that a record of the plan has. The binder and the schema both read this, so they cannot disagree.</summary>
sealed class PlanShape
{
    static readonly ConcurrentDictionary<Type, PlanShape> Shapes = new();

    PlanShape(Type type)
    {
        var keys = new List<PlanShapeKey>();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanWrite)
                continue;
            var attributes = property.GetCustomAttributes(inherit: false);
            if (attributes.OfType<PlanInlineAttribute>().Any())
                Inline = PlanShapeInline.Of(property);
            else if (!attributes.OfType<PlanIgnoreAttribute>().Any())
                keys.Add(PlanShapeKey.Of(property, attributes));
        }
        Keys = keys;
    }

    public IReadOnlyList<PlanShapeKey> Keys { get; }

    /// <summary>The property that is filled from keys of its own, or null.</summary>
    public PlanShapeInline? Inline { get; }

    /// <summary>Every key that the record can have in the plan, `type` of a connection aside.</summary>
    public IEnumerable<string> Names => Keys.Select(key => key.Name).Concat(Inline?.Kinds.Keys ?? []);

    public static PlanShape Of(Type type) => Shapes.GetOrAdd(type, static type => new PlanShape(type));

    /// <summary>MaxLag is max_lag.</summary>
    public static string SnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]) && !char.IsAsciiLetterUpper(name[i - 1]))
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }
}

/// <summary>One key: its name, and the property that it sets.</summary>
sealed record PlanShapeKey(string Name, PropertyInfo Property, Type Type, bool IsRequired, bool IsStored, RangeAttribute? Range, PlanKeyAttribute? About)
{
    public static PlanShapeKey Of(PropertyInfo property, object[] attributes)
    {
        var about = attributes.OfType<PlanKeyAttribute>().FirstOrDefault();
        return new PlanShapeKey(
            about?.Name ?? PlanShape.SnakeCase(property.Name),
            property,
            Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
            attributes.OfType<RequiredAttribute>().Any(),
            attributes.OfType<PlanStoredAttribute>().Any(),
            attributes.OfType<RangeAttribute>().FirstOrDefault(),
            about);
    }
}

/// <summary>A property whose kinds are keys beside the record's own: exactly one measurement, or any number of rules.</summary>
sealed record PlanShapeInline(PropertyInfo Property, IReadOnlyDictionary<string, Type> Kinds, bool IsList)
{
    public static PlanShapeInline Of(PropertyInfo property) => property.PropertyType == typeof(IMeasure)
        ? new(property, Measures.All, IsList: false)
        : property.PropertyType == typeof(IReadOnlyList<IRule>)
        ? new(property, Rules.All, IsList: true)
        : throw new NotSupportedException($"{property.DeclaringType}.{property.Name} is [PlanInline], which is for IMeasure and IReadOnlyList<IRule>.");
}
