using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text;
using TagGuard.Judgements;
using TagGuard.Keys;
using TagGuard.Measurements;

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
            if (property.IsDefined(typeof(PlanInlineAttribute), inherit: false))
                Inline = PlanShapeInline.Of(property);
            else if (!property.IsDefined(typeof(PlanIgnoreAttribute), inherit: false))
                keys.Add(PlanShapeKey.Of(property));
            if (property.IsDefined(typeof(PlanShortAttribute), inherit: false))
                Short = keys[^1];
        }
        Keys = keys;
    }

    public IReadOnlyList<PlanShapeKey> Keys { get; }

    /// <summary>The key whose value alone may stand for the record, or null.</summary>
    public PlanShapeKey? Short { get; }

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
sealed record PlanShapeKey(string Name, PropertyInfo Property, Setter Setter, Type Type, bool IsRequired, bool IsStored, RangeAttribute? Range)
{
    /// <summary>What it means, for messages and the schema: making the attribute compiles code, so a plan that is right does without.</summary>
    public PlanKeyAttribute? About => Property.GetCustomAttribute<PlanKeyAttribute>(inherit: false);

    public static PlanShapeKey Of(PropertyInfo property) => new(
        GivenName(property) ?? PlanShape.SnakeCase(property.Name),
        property,
        Setter.For(property),
        Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType,
        property.IsDefined(typeof(RequiredAttribute), inherit: false),
        property.IsDefined(typeof(PlanStoredAttribute), inherit: false),
        property.IsDefined(typeof(RangeAttribute), inherit: false) ? property.GetCustomAttribute<RangeAttribute>(inherit: false) : null);

    static string? GivenName(PropertyInfo property)
    {
        var about = property.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType == typeof(PlanKeyAttribute));
        foreach (var argument in about?.NamedArguments ?? [])
        {
            if (argument.MemberName == nameof(PlanKeyAttribute.Name))
                return (string?)argument.TypedValue.Value;
        }
        return null;
    }
}

/// <summary>A property whose kinds are keys beside the record's own: exactly one measurement, or any number of rules.</summary>
sealed record PlanShapeInline(Setter Setter, IReadOnlyDictionary<string, Type> Kinds, bool IsList)
{
    public static PlanShapeInline Of(PropertyInfo property) =>
        property.PropertyType == typeof(IMeasure) ? new(Setter.For(property), Measures.All, IsList: false)
        : property.PropertyType == typeof(IReadOnlyList<IRule>) ? new(Setter.For(property), RuleKinds.All, IsList: true)
        : throw new NotSupportedException(
            $"{property.DeclaringType}.{property.Name} is [PlanInline], which is for IMeasure and IReadOnlyList<IRule>.");
}
