using System.Text;

namespace TagGuard.Adapters.Kerberos;

/// <summary>Credentials to ask with: from a keytab or from a ticket cache, read anew each time, so that a ticket that was renewed counts.</summary>
/// <remarks>A keytab's tickets stay in this process (a MEMORY cache), and the library gets new ones when half of their time is over.</remarks>
sealed class KerberosTicket : IDisposable
{
    const int Initiate = 1;

    nint _credential;

    KerberosTicket(nint credential) => _credential = credential;

    public nint Handle => _credential;

    /// <param name="login">Who asks.</param>
    /// <param name="mechanism">What it is for.</param>
    /// <exception cref="KerberosException">There is none.</exception>
    public static KerberosTicket Of(KerberosLogin login, in GssBuffer mechanism)
    {
        if (login.Keytab is not null)
            CheckReadable(login.Keytab);
        // Only the mechanism itself says why there is none.
        var ticket = Acquire(login, in Gss.Kerberos);
        if (mechanism == Gss.Kerberos)
            return ticket;
        ticket.Dispose();
        return Acquire(login, in mechanism);
    }

    public void Dispose()
    {
        if (_credential != 0)
            _ = Gss.gss_release_cred(out _, ref _credential);
    }

    static unsafe KerberosTicket Acquire(KerberosLogin login, in GssBuffer mechanism)
    {
        using var name = login.Principal is null ? null : new GssName(login.Principal, in Gss.PrincipalName);
        var store = new List<(string Key, string Value)>();
        if (login.Keytab is not null)
            store.AddRange(("client_keytab", $"FILE:{login.Keytab}"), ("ccache", $"MEMORY:{login.Principal}:{login.Keytab}"));
        else if (login.TicketCache is not null)
            store.Add(("ccache", $"FILE:{login.TicketCache}"));
        var texts = Encoding.UTF8.GetBytes(string.Concat(store.Select(entry => $"{entry.Key}\0{entry.Value}\0")));
        var pointers = new nint[store.Count * 2];
        fixed (byte* text = texts)
        fixed (nint* elements = pointers)
        fixed (GssBuffer* one = &mechanism)
        {
            for (var (i, at) = (0, 0); i < pointers.Length; i++, at += texts.AsSpan(at).IndexOf((byte)0) + 1)
                pointers[i] = (nint)(text + at);
            var status = Gss.gss_acquire_cred_from(
                out var minor,
                name?.Handle ?? 0,
                Gss.Longest,
                new GssBuffer(1, (nint)one),
                Initiate,
                new GssBuffer((nuint)store.Count, (nint)elements),
                out var credential,
                0,
                out var left);
            if (Gss.IsFault(status))
                throw KerberosCure.Of(Gss.Text(minor, Gss.ByMechanism, in mechanism), login);
            var ticket = new KerberosTicket(credential);
            if (left > 0)
                return ticket;
            ticket.Dispose();
            throw KerberosCure.Expired(login);
        }
    }

    /// <summary>The library only says that there is no ticket.</summary>
    static void CheckReadable(string keytab)
    {
        try
        {
            using var file = File.OpenRead(keytab);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new KerberosException(
                $"The keytab cannot be read ({fault.Message.TrimEnd('.')}): correct `keytab`, or let TagGuard's user read it (chown, chmod 400).",
                fault);
        }
    }
}

/// <summary>A name as the library keeps it.</summary>
sealed class GssName : IDisposable
{
    nint _name;

    public unsafe GssName(string name, in GssBuffer type)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        fixed (byte* text = bytes)
        {
            if (Gss.IsFault(Gss.gss_import_name(out _, new GssBuffer((nuint)bytes.Length, (nint)text), in type, out _name)))
                throw new KerberosException($"\"{name}\" is not a name of Kerberos: correct `principal` or `service`.");
        }
    }

    public nint Handle => _name;

    public void Dispose() => _ = Gss.gss_release_name(out _, ref _name);
}
