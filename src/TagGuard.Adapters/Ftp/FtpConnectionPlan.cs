using System.ComponentModel.DataAnnotations;
using TagGuard.Adapters.Exports;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Adapters.Ftp;

/// <summary>`type: ftp`: a folder of an FTP server, encrypted (FTPS) unless the plan says otherwise.</summary>
public sealed record FtpConnectionPlan : FolderOfFilesPlan, IPlanPart
{
    const int UsualPort = 21, ImplicitPort = 990;

    [Required, PlanStored, PlanKey("The server's name or address; its certificate must be for it.", Example = "ftp.callcentre.example")]
    public string Host { get; init; } = "";

    [Range(1, 65535), PlanKey("The server's port. Default 21; 990 with `tls: implicit`.")]
    public int? Port { get; init; }

    [PlanKey("The user. Default anonymous.", Example = "etl")]
    public string User { get; init; } = "anonymous";

    [PlanKey("The password, from ${env:…} or ${file:…}.", Example = "${file:/run/secrets/ftp}")]
    public string Password { get; init; } = "";

    [PlanKey(
        "explicit: encrypted from the greeting on (AUTH TLS); implicit: from the first byte on; off: plain, as everybody on the way can read and "
            + "change it. The certificate is verified. Default explicit.")]
    public FtpTls Tls { get; init; }

    [PlanKey("A PEM file of authorities that may sign the server's certificate; relative to the plan's folder. Default: the machine's.")]
    public string? TlsCa { get; init; }

    [PlanStored, PlanKey("The folder that paths start from. Default: where the user begins.", Example = "/out")]
    public string Path { get; init; } = "";

    [PlanKey("How long connecting, one answer, and a wait for more bytes may take. Default 30s.", Example = "30s")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    [PlanIgnore]
    internal int PortInForce => Port ?? (Tls == FtpTls.Implicit ? ImplicitPort : UsualPort);

    public override ISource Open(string name, string folder, TimeProvider clock) =>
        new FtpSource(name, this, TlsCa is null ? null : System.IO.Path.GetFullPath(TlsCa, folder), clock);

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (TlsCa is not null && Tls == FtpTls.Off)
            yield return ("tls_ca", "`tls_ca` is not looked at with `tls: off`: take it out, or change `tls`.");
        foreach (var mistake in Timeouts.Mistakes(("timeout", Timeout)))
            yield return mistake;
    }
}

/// <summary>How an FTP line is encrypted.</summary>
public enum FtpTls { Explicit, Implicit, Off }
