using System.Runtime.InteropServices;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>MYSQL_BIND: where one parameter is read from, or one column is written to.</summary>
[StructLayout(LayoutKind.Sequential)]
unsafe struct Bind
{
    public nuint* Length;
    public byte* IsNull;
    public void* Buffer;
    public byte* Error;
    readonly nint _row, _storeParameter, _fetchResult, _skipResult;
    public nuint BufferLength;
    readonly nuint _offset, _lengthValue;
    readonly uint _flags, _packLength;
    public FieldType Type;
    readonly byte _errorValue;
    public byte IsUnsigned;
    readonly byte _longDataUsed, _isNullValue;
    readonly nint _extension;
}

/// <summary>MYSQL_FIELD: one column of a result.</summary>
[StructLayout(LayoutKind.Sequential)]
struct Field
{
    public readonly nint Name, OriginalName, Table, OriginalTable, Database, Catalog, Default;

    /// <summary>The longest value that the column can have: bytes of text, digits of a number.</summary>
    public readonly nuint Length;
    public readonly nuint MaxLength;
    readonly uint _nameLength, _originalNameLength, _tableLength, _originalTableLength, _databaseLength, _catalogLength, _defaultLength;
    public readonly FieldFlags Flags;
    public readonly uint Decimals, CharacterSet;
    public FieldType Type;
    readonly nint _extension;
}

/// <summary>MYSQL_TIME: a date, a time of day, both, or a span of time.</summary>
[StructLayout(LayoutKind.Sequential)]
struct Time
{
    public uint Year, Month, Day, Hour, Minute, Second;
    public nuint Microsecond;
    public byte IsNegative;
    public int Kind;
}

/// <summary>enum_field_types, as numbered in mariadb_com.h; Vector as in MySQL 9's field_types.h.</summary>
enum FieldType
{
    Decimal = 0,
    Tiny = 1,
    Short = 2,
    Long = 3,
    Float = 4,
    Double = 5,
    Null = 6,
    Timestamp = 7,
    LongLong = 8,
    Int24 = 9,
    Date = 10,
    Time = 11,
    DateTime = 12,
    Year = 13,
    NewDate = 14,
    VarChar = 15,
    Bit = 16,
    Vector = 242,
    Json = 245,
    NewDecimal = 246,
    Enum = 247,
    Set = 248,
    TinyBlob = 249,
    MediumBlob = 250,
    LongBlob = 251,
    Blob = 252,
    VarString = 253,
    String = 254,
    Geometry = 255,
}

[Flags]
enum FieldFlags : uint
{
    None = 0,
    NotNull = 1,
    PrimaryKey = 2,
    Unsigned = 32,
    Enum = 256,
    AutoIncrement = 512,
    Set = 2048,
}

/// <summary>The capabilities that are asked for beside those that the library asks for itself.</summary>
[Flags]
enum ClientFlags : ulong
{
    /// <summary>Rows that an update found count as affected, changed or not, as with MySqlConnector.</summary>
    FoundRows = 2,
}

/// <summary>mysql_option, as numbered in mysql.h.</summary>
enum Option
{
    ConnectTimeout = 0,
    InitCommand = 3,
    CharacterSet = 7,
    LocalInfile = 8,
    Protocol = 9,
    ReadTimeout = 11,
    WriteTimeout = 12,
    VerifyServerCertificate = 21,
    CertificateAuthorities = 27,
    EnforceTls = 38,
    TlsVersion = 7005,
    RestrictedAuthentication = 7026,
}
