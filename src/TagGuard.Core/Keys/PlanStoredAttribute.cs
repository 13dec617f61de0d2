namespace TagGuard.Keys;

/// <summary>
/// What stands under this key is stored and shown in reports, so it takes no `${env:…}` and `${file:…}`: a secret can only be where it stays inside.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlanStoredAttribute : Attribute;
