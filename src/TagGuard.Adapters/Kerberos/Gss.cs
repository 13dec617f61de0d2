using System.Runtime.InteropServices;

namespace TagGuard.Adapters.Kerberos;

/// <summary>The calls of MIT Kerberos' GSS-API library that are needed (RFC 2744; gss_acquire_cred_from of gssapi_ext.h).</summary>
/// <remarks>Called without NegotiateAuthentication in between, which takes tickets only from where the environment of the whole process points,
/// and tells an expired ticket, an unknown service and a wrong clock all as GenericFailure.</remarks>
static unsafe partial class Gss
{
    public const int Continue = 1, Expired = 11 << 16;
    public const uint Mutual = 2, Replay = 4, Sequence = 8, Confidential = 16, Integrity = 32;
    public const int ByGss = 1, ByMechanism = 2;
    public const uint Longest = uint.MaxValue;

    const string Library = "libgssapi_krb5.so.2";
    const uint Faults = 0xffff0000;

    public static readonly GssBuffer Kerberos = Lasting([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 1, 2, 2]);

    public static readonly GssBuffer Spnego = Lasting([0x2b, 6, 1, 5, 5, 2]);

    /// <summary>service@host.</summary>
    public static readonly GssBuffer ServiceName = Lasting([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 1, 2, 1, 4]);

    /// <summary>name@REALM, or service/host@REALM.</summary>
    public static readonly GssBuffer PrincipalName = Lasting([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 1, 2, 2, 1]);

    public static bool IsFault(uint status) => (status & Faults) != 0;

    /// <summary>What a status means, in English.</summary>
    public static string Text(uint status, int kind, in GssBuffer mechanism)
    {
        var (texts, more) = (new List<string>(), 0u);
        do
        {
            if (IsFault(gss_display_status(out _, status, kind, in mechanism, ref more, out var text)))
                break;
            texts.Add(System.Text.Encoding.UTF8.GetString(Taken(ref text)).TrimEnd('\0'));
        }
        while (more != 0);
        return string.Join(' ', texts);
    }

    /// <summary>The bytes of a buffer of the library, which is given back.</summary>
    public static byte[] Taken(ref GssBuffer buffer)
    {
        var bytes = buffer.Length == 0 ? [] : new ReadOnlySpan<byte>((void*)buffer.Value, checked((int)buffer.Length)).ToArray();
        _ = gss_release_buffer(out _, ref buffer);
        return bytes;
    }

    /// <summary>Object identifiers must outlive whatever is made with them.</summary>
    static GssBuffer Lasting(ReadOnlySpan<byte> bytes)
    {
        var memory = (nint)NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>((void*)memory, bytes.Length));
        return new GssBuffer((nuint)bytes.Length, memory);
    }

    [LibraryImport(Library)]
    public static partial uint gss_import_name(out uint minor, in GssBuffer text, in GssBuffer type, out nint name);

    [LibraryImport(Library)]
    public static partial uint gss_acquire_cred_from(
        out uint minor, nint name, uint seconds, in GssBuffer mechanisms, int usage, in GssBuffer store, out nint credential, nint actual,
        out uint left);

    [LibraryImport(Library)]
    public static partial uint gss_init_sec_context(
        out uint minor, nint credential, ref nint context, nint target, in GssBuffer mechanism, uint flags, uint seconds, nint bindings,
        in GssBuffer input, nint actual, out GssBuffer output, out uint granted, nint left);

    [LibraryImport(Library)]
    public static partial uint gss_wrap(
        out uint minor, nint context, int encrypt, uint quality, in GssBuffer input, out int isEncrypted, out GssBuffer output);

    [LibraryImport(Library)]
    public static partial uint gss_unwrap(
        out uint minor, nint context, in GssBuffer input, out GssBuffer output, out int isEncrypted, out uint quality);

    [LibraryImport(Library)]
    public static partial uint gss_delete_sec_context(out uint minor, ref nint context, nint output);

    [LibraryImport(Library)]
    public static partial uint gss_release_cred(out uint minor, ref nint credential);

    [LibraryImport(Library)]
    public static partial uint gss_release_name(out uint minor, ref nint name);

    [LibraryImport(Library)]
    private static partial uint gss_release_buffer(out uint minor, ref GssBuffer buffer);

    [LibraryImport(Library)]
    private static partial uint gss_display_status(
        out uint minor, uint status, int kind, in GssBuffer mechanism, ref uint more, out GssBuffer text);
}

/// <summary>A length and where the bytes are: gss_buffer_desc, and on 64 bits also gss_OID_desc, gss_OID_set_desc and
/// gss_key_value_set_desc, whose shorter numbers are padded.</summary>
readonly record struct GssBuffer(nuint Length, nint Value);
