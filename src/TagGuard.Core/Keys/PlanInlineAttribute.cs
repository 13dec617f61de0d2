namespace TagGuard.Keys;

/// <summary>
/// The property is not a key itself: the kinds it can hold (measurements, rules) are keys beside the record's own keys,
/// as `count:` is in a check, or `baseline:` in `judge`. An <c>IMeasure</c> takes exactly one, a list of rules any number.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlanInlineAttribute : Attribute;
