using System.Reflection;
using TagGuard.Keys;

namespace TagGuard.Adapters.Yaml;

/// <summary>Sets a property. PropertyInfo.SetValue would write and compile code for each property
/// that is set twice: 70 of them, and `gate` is to start at once.</summary>
abstract class Setter
{
    // In words and not generic, so that their code is compiled ahead; other types share theirs, or (enums) are few.
    static readonly Dictionary<Type, Action<MethodInfo, object, object>> Ahead = new()
    {
        [typeof(string)] = (set, part, value) => set.CreateDelegate<Action<string>>(part)((string)value),
        [typeof(bool)] = (set, part, value) => set.CreateDelegate<Action<bool>>(part)((bool)value),
        [typeof(bool?)] = (set, part, value) => set.CreateDelegate<Action<bool?>>(part)((bool)value),
        [typeof(int)] = (set, part, value) => set.CreateDelegate<Action<int>>(part)((int)value),
        [typeof(int?)] = (set, part, value) => set.CreateDelegate<Action<int?>>(part)((int)value),
        [typeof(long)] = (set, part, value) => set.CreateDelegate<Action<long>>(part)((long)value),
        [typeof(long?)] = (set, part, value) => set.CreateDelegate<Action<long?>>(part)((long)value),
        [typeof(double)] = (set, part, value) => set.CreateDelegate<Action<double>>(part)((double)value),
        [typeof(double?)] = (set, part, value) => set.CreateDelegate<Action<double?>>(part)((double)value),
        [typeof(TimeSpan)] = (set, part, value) => set.CreateDelegate<Action<TimeSpan>>(part)((TimeSpan)value),
        [typeof(TimeSpan?)] = (set, part, value) => set.CreateDelegate<Action<TimeSpan?>>(part)((TimeSpan)value),
        [typeof(TimeOnly?)] = (set, part, value) => set.CreateDelegate<Action<TimeOnly?>>(part)((TimeOnly)value),
        [typeof(DateOnly?)] = (set, part, value) => set.CreateDelegate<Action<DateOnly?>>(part)((DateOnly)value),
        [typeof(Tolerance)] = (set, part, value) => set.CreateDelegate<Action<Tolerance>>(part)((Tolerance)value),
        [typeof(Limits)] = (set, part, value) => set.CreateDelegate<Action<Limits>>(part)((Limits)value),
    };

    public abstract void Set(object part, object value);

    public static Setter For(PropertyInfo property)
    {
        if (Ahead.TryGetValue(property.PropertyType, out var set))
            return new AheadSetter(property.SetMethod!, set);
        var setter = (TypedSetter)Activator.CreateInstance(typeof(TypedSetter<>).MakeGenericType(property.PropertyType))!;
        setter.Property = property.SetMethod!;
        return setter;
    }

    sealed class AheadSetter(MethodInfo property, Action<MethodInfo, object, object> set) : Setter
    {
        public override void Set(object part, object value) => set(property, part, value);
    }

    abstract class TypedSetter : Setter
    {
        public MethodInfo Property { get; set; } = null!;
    }

    sealed class TypedSetter<T> : TypedSetter
    {
        public override void Set(object part, object value) => Property.CreateDelegate<Action<T>>(part)((T)value);
    }
}
