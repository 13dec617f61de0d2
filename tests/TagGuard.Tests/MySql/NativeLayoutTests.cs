using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TagGuard.Adapters.MySql.Driver;

namespace TagGuard.Tests.MySql;

/// <summary>The library's structures, as a C compiler lays out mysql.h of Connector/C 3.3 and 3.4 on 64-bit Linux.</summary>
public sealed class NativeLayoutTests
{
    [Fact]
    public void StructuresAreAsLargeAsInC() => Assert.Equal((112, 128, 40), (Unsafe.SizeOf<Bind>(), Unsafe.SizeOf<Field>(), Unsafe.SizeOf<Time>()));

    [Theory]
    [InlineData(typeof(Bind), nameof(Bind.Buffer), 16)]
    [InlineData(typeof(Bind), nameof(Bind.BufferLength), 64)]
    [InlineData(typeof(Bind), nameof(Bind.Type), 96)]
    [InlineData(typeof(Bind), nameof(Bind.IsUnsigned), 101)]
    [InlineData(typeof(Field), nameof(Field.Length), 56)]
    [InlineData(typeof(Field), nameof(Field.Flags), 100)]
    [InlineData(typeof(Field), nameof(Field.Type), 112)]
    [InlineData(typeof(Time), nameof(Time.Microsecond), 24)]
    [InlineData(typeof(Time), nameof(Time.Kind), 36)]
    public void AFieldIsWhereItIsInC(Type type, string field, int offset) => Assert.Equal(offset, (int)Marshal.OffsetOf(type, field));

    [Fact]
    public void AVectorOfMySql9IsReadAsBytesAndTheLibraryIsToldSo()
    {
        var field = new Field { Type = FieldType.Vector };

        var column = Column.Of(ref field);

        Assert.Equal((ColumnKind.Bytes, FieldType.Blob), (column.Kind, field.Type));
    }

    [Fact]
    public void ATypeThatNobodyKnowsIsRefusedWithACure()
    {
        var field = new Field { Type = (FieldType)244 };

        Assert.Contains("type 244", Assert.Throws<NotSupportedException>(() => Column.Of(ref field)).Message, StringComparison.Ordinal);
    }
}
