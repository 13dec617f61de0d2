using System.Runtime.Serialization;

namespace TagGuard.Adapters.MySql;

/// <summary>How much the line to the server is to be trusted. A mode is never lowered by what the server offers.</summary>
public enum TlsMode
{
    /// <summary>The certificate is valid, issued for this host, and signed by an authority that is trusted.</summary>
    [EnumMember(Value = "verify-full")]
    VerifyFull,

    /// <summary>Encrypted; who answers is not asked.</summary>
    Required,

    /// <summary>Readable for everybody on the way.</summary>
    Off,
}
