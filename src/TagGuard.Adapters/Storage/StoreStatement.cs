namespace TagGuard.Adapters.Storage;

/// <summary>A prepared statement: set its parameters, then run it or read its rows; parameters keep their values from one run to the next.</summary>
abstract class StoreStatement : IDisposable
{
    /// <summary>The place of a parameter, for those that are set row by row.</summary>
    public abstract int At(string name);

    public abstract StoreStatement Set(int place, long value);

    public abstract StoreStatement Set(int place, double? value);

    public abstract StoreStatement Set(int place, string? value);

    public abstract StoreStatement Set(int place, DateOnly value);

    public abstract StoreStatement Set(int place, DateTimeOffset value);

    public StoreStatement Set(int place, long? value) => value is null ? Set(place, (string?)null) : Set(place, value.Value);

    public StoreStatement Set(string name, string? value) => Set(At(name), value);

    public StoreStatement Set(string name, long? value) => Set(At(name), value);

    public StoreStatement Set(string name, double? value) => Set(At(name), value);

    public StoreStatement Set(string name, DateOnly value) => Set(At(name), value);

    public StoreStatement Set(string name, DateTimeOffset value) => Set(At(name), value);

    /// <summary>Runs it to its end and makes it ready for the next run. Returns how many rows it changed.</summary>
    public abstract int Run();

    /// <summary>Sends what still waits for more rows.</summary>
    public virtual void End()
    {
    }

    /// <summary>Goes to the next row. After the last one it is ready for the next run.</summary>
    public abstract bool Read();

    public abstract bool IsNull(int column);

    public abstract long Int64(int column);

    public abstract double Double(int column);

    public abstract string Text(int column);

    /// <summary>A text, until the next one is read.</summary>
    public abstract ReadOnlySpan<char> Chars(int column);

    public abstract DateOnly Date(int column);

    public abstract DateTimeOffset Instant(int column);

    public int Int32(int column) => (int)Int64(column);

    public bool Flag(int column) => Int64(column) != 0;

    public double? DoubleOrNull(int column) => IsNull(column) ? null : Double(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public T Enum<T>(int column) where T : struct, Enum => System.Enum.Parse<T>(Chars(column));

    public abstract void Dispose();
}
