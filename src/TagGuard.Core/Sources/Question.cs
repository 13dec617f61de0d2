namespace TagGuard.Sources;

/// <summary>What is asked of a connection: SQL with the values that are bound, a path, a request. Never a secret.</summary>
public sealed record Question(string Connection, string Text);
