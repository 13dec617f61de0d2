using TagGuard.Keys;

namespace TagGuard.Adapters.Kerberos;

/// <summary>`kerberos` of a connection: whose tickets say who asks. `{}` is enough where `kinit` has been typed.</summary>
public sealed record KerberosPlan : IPlanPart
{
    [PlanKey(
        "A keytab, from which tickets are got and renewed; relative to the plan's folder. Default: the ticket cache.",
        Example = "/etc/security/keytabs/tagguard.keytab")]
    public string? Keytab { get; init; }

    [PlanKey("Who asks. Default: the keytab's first principal, or that of the ticket cache.", Example = "tagguard@EXAMPLE.COM")]
    public string? Principal { get; init; }

    [PlanKey(
        "The file of the tickets that `kinit` got. Default: KRB5CCNAME, else that of the user on this machine.",
        Example = "/run/tagguard/tickets")]
    public string? TicketCache { get; init; }

    [PlanKey(
        "The server's principal; _HOST is its name in the plan. Default: hive/_HOST, over HTTP HTTP/_HOST; the realm is that of krb5.conf.",
        Example = "hive/_HOST@EXAMPLE.COM")]
    public string? Service { get; init; }

    public IEnumerable<KeyMistake> Mistakes()
    {
        if (Keytab is not null && TicketCache is not null)
            yield return ("ticket_cache", "With a `keytab` no other tickets are looked for: take `ticket_cache` out, or `keytab`.");
        foreach (var (key, value) in new[] { ("keytab", Keytab), ("principal", Principal), ("ticket_cache", TicketCache) })
        {
            if (string.IsNullOrWhiteSpace(value) && value is not null)
                yield return (key, "It is empty: write a value, or take the line out.");
        }
        if (Service is not null && Service.Split('@')[0].Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
            yield return ("service", $"\"{Service}\" is not a server's principal: write service/_HOST@REALM, such as hive/_HOST@EXAMPLE.COM.");
    }

    /// <summary>What is needed to ask one server.</summary>
    /// <param name="service">The service's usual name, such as HTTP.</param>
    /// <param name="host">The server's name in the plan.</param>
    /// <param name="folder">The plan's folder.</param>
    internal KerberosLogin LoginAt(string service, string host, string folder) => new(
        (Service ?? $"{service}/_HOST").Replace("_HOST", host.ToLowerInvariant(), StringComparison.Ordinal),
        Principal,
        Keytab is null ? null : Path.GetFullPath(Keytab, folder),
        TicketCache is null ? null : Path.GetFullPath(TicketCache, folder));
}

/// <summary>Who asks, and whom.</summary>
/// <param name="Service">The server's principal, with its realm or without.</param>
/// <param name="Principal">Who asks, or null.</param>
/// <param name="Keytab">The full path of a keytab, or null.</param>
/// <param name="TicketCache">The full path of a cache, or null.</param>
sealed record KerberosLogin(string Service, string? Principal, string? Keytab, string? TicketCache);
