namespace TagGuard.Adapters.Kerberos;

/// <summary>What Kerberos says, with what to type about it.</summary>
static class KerberosCure
{
    const string Clocks =
        "The clocks are more than 5 minutes apart: compare `date` here, on the KDC and on the server, and set the one that is wrong, as by "
            + "`chronyc makestep` or `timedatectl set-ntp true`.";

    public static KerberosException NoLibrary(Exception fault) => new(
        "Kerberos needs the library libgssapi_krb5.so.2, which is not on this machine: apt-get install libgssapi-krb5-2 (Red Hat: dnf install "
            + "krb5-libs).",
        fault);

    public static KerberosException Expired(KerberosLogin login) =>
        new($"The Kerberos ticket has expired: type `{Kinit(login)}`, or name a `keytab`, from which tickets renew themselves.");

    /// <param name="said">What the library says.</param>
    /// <param name="login">Who asks, and whom.</param>
    public static KerberosException Of(string said, KerberosLogin login)
    {
        var told = said.Trim().TrimEnd('.');
        if (Has("Clock skew"))
            return new(Clocks);
        if (Has("expired"))
            return Expired(login);
        if (Has("Cannot contact any KDC") || Has("Cannot find KDC") || Has("Cannot resolve"))
            return new($"{told}. Look whether the KDC runs, and at [realms] of krb5.conf (KRB5_CONFIG, else /etc/krb5.conf).") { IsTransient = true };
        if (Has("krb5.conf") || Has("configuration file") || Has("default realm"))
            return new($"{told}. Copy krb5.conf of the cluster to /etc/krb5.conf, or point KRB5_CONFIG to it.");
        if (Has("Server ") && Has("not found in Kerberos database"))
            return new(
                $"{told}: no such service. Type `kvno {login.Service}`; then correct `service`, the server's name in the plan, or [domain_realm] of "
                    + "krb5.conf.");
        if (login.Keytab is not null)
            return new(
                $"The keytab {login.Keytab} gives no ticket{(login.Principal is null ? "" : $" of {login.Principal}")} ({told}). Type "
                    + $"`klist -k {login.Keytab}` to see whose it is and `{Kinit(login)}` to see why; then correct `principal` or get a new keytab.");
        if (Has("does not match"))
            return new($"The ticket cache holds no ticket of {login.Principal}: type `{Kinit(login)}`, or correct `principal`.");
        return new(
            $"There is no Kerberos ticket ({told}): type `{Kinit(login)}` as the user that TagGuard runs as, or name a `keytab`.");

        bool Has(string text) => told.Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The server got a ticket and refuses it.</summary>
    /// <param name="said">What the server says; may be empty or without a reason.</param>
    /// <param name="login">Who asks, and whom.</param>
    public static string Refused(string said, KerberosLogin login) => said.Contains("Clock skew", StringComparison.OrdinalIgnoreCase)
        ? $"The server refuses the ticket. {Clocks}"
        : $"The server refuses the ticket for {login.Service} ({said.Trim().TrimEnd('.')}). Compare `date` here and there, `service` with the "
            + "principal in the server's settings, and look into the server's log.";

    static string Kinit(KerberosLogin login)
    {
        var who = login.Principal ?? (login.Keytab is null ? "USER@REALM" : "PRINCIPAL");
        return login switch
        {
            { Keytab: { } keytab } => $"kinit -k -t {keytab} {who}",
            { TicketCache: { } cache } => $"kinit -c {cache} {who}",
            _ => $"kinit {who}",
        };
    }
}
