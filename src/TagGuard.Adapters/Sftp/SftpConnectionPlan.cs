using System.ComponentModel.DataAnnotations;
using TagGuard.Adapters.Exports;
using TagGuard.Keys;
using TagGuard.Sources;

namespace TagGuard.Adapters.Sftp;

/// <summary>`type: sftp`: a folder of a server that is reached over SSH.</summary>
public sealed record SftpConnectionPlan : FolderOfFilesPlan, IPlanPart
{
    const string FingerprintStart = "SHA256:";

    [Required, PlanStored, PlanKey("The server's name or address.", Example = "sftp.callcentre.example")]
    public string Host { get; init; } = "";

    [Range(1, 65535), PlanKey("The server's port. Default 22.")]
    public int Port { get; init; } = 22;

    [Required, PlanKey("The user.", Example = "etl")]
    public string User { get; init; } = "";

    [PlanKey("The password, from ${env:…} or ${file:…}, in place of `key`.", Example = "${file:/run/secrets/sftp}")]
    public string? Password { get; init; }

    [PlanKey(
        "File with the private key (OpenSSH's or PEM), relative to the plan's folder; in place of `password`.",
        Example = "/etc/tagguard/id_ed25519")]
    public string? Key { get; init; }

    [PlanKey("What the private key is encrypted with, from ${env:…} or ${file:…}.", Example = "${env:SFTP_KEY_PASSPHRASE}")]
    public string? Passphrase { get; init; }

    [Required, PlanKey(
        "Fingerprints of the keys by which the server is known; nothing is told to another. `ssh-keyscan HOST | ssh-keygen -lf -` shows them, and "
            + "the server's owner knows them.",
        Example = "[\"SHA256:mVPwvezndPv/ARoIadVY98vAC0g+P/5633yTC4d/wXE\"]")]
    public IReadOnlyList<string> HostKey { get; init; } = [];

    [PlanStored, PlanKey("The folder that paths start from. Default: where the user begins.", Example = "/out")]
    public string Path { get; init; } = ".";

    [PlanKey("How long connecting, and one answer of the server, may take. Default 30s.", Example = "30s")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public override ISource Open(string name, string folder, TimeProvider clock) =>
        new SftpSource(name, this, Key is null ? null : System.IO.Path.GetFullPath(Key, folder));

    /// <summary>Whether one of the fingerprints is this one; they are compared without the padding that some tools write.</summary>
    internal bool Knows(string fingerprint) => HostKey.Any(known => known[FingerprintStart.Length..].TrimEnd('=') == fingerprint.TrimEnd('='));

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (HostKey.Count == 0)
            yield return (
                "host_key",
                "No fingerprint says which server is the right one: write `host_key: [\"SHA256:…\"]`, as `ssh-keyscan HOST | ssh-keygen -lf -` shows "
                    + "it.");
        foreach (var known in HostKey)
        {
            if (!known.StartsWith(FingerprintStart, StringComparison.Ordinal) || known.TrimEnd('=').Length != FingerprintStart.Length + 43)
                yield return ("host_key", $"\"{known}\" is no fingerprint: write SHA256: and 43 letters, as `ssh-keygen -lf` shows it.");
        }
        if (Password is null == Key is null)
            yield return ("key", "Write either `key`, a file with a private key, or `password`.");
        if (Passphrase is not null && Key is null)
            yield return ("passphrase", "A passphrase is a key's: add `key`, or take it out.");
        foreach (var mistake in Timeouts.Mistakes(("timeout", Timeout)))
            yield return mistake;
    }
}
