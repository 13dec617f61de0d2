namespace TagGuard.Adapters.Kerberos;

/// <summary>What this side and a server agree on: each knows then who the other is, and messages can be signed and encrypted.</summary>
/// <remarks>RFC 4121 (Kerberos), RFC 4178 (SPNEGO). Not for two threads at once.</remarks>
sealed class KerberosContext : IDisposable
{
    const uint Flags = Gss.Mutual | Gss.Replay | Gss.Sequence | Gss.Confidential | Gss.Integrity;

    readonly KerberosLogin _login;
    readonly KerberosTicket _ticket;
    readonly GssName _service;
    readonly GssBuffer _mechanism;
    nint _context;

    KerberosContext(KerberosLogin login, in GssBuffer mechanism)
    {
        (_login, _mechanism) = (login, mechanism);
        _ticket = KerberosTicket.Of(login, in mechanism);
        _service = login.Service.Contains('@')
            ? new GssName(login.Service, in Gss.PrincipalName)
            : new GssName(login.Service.Replace('/', '@'), in Gss.ServiceName);
    }

    /// <summary>Whether each knows the other.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Begins; the KDC may be asked for tickets, for as long as it takes.</summary>
    /// <returns>The context, and the first message for the server.</returns>
    /// <exception cref="KerberosException">There is no ticket for this server.</exception>
    public static async Task<(KerberosContext Context, byte[] Message)> BeginAsync(
        KerberosLogin login, GssBuffer mechanism, CancellationToken cancellationToken)
    {
        var beginning = Task.Run(() => Begin(login, mechanism), CancellationToken.None);
        try
        {
            return await beginning.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _ = beginning.ContinueWith(
                late => late.Result.Context.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Goes on with what the server answered.</summary>
    /// <returns>What to send, or nothing.</returns>
    /// <exception cref="KerberosException">It is not the server that it should be, or it refuses.</exception>
    public unsafe byte[] Next(ReadOnlySpan<byte> answer)
    {
        fixed (byte* input = answer)
        {
            var status = Gss.gss_init_sec_context(
                out var minor,
                _ticket.Handle,
                ref _context,
                _service.Handle,
                in _mechanism,
                Flags,
                0,
                0,
                new GssBuffer((nuint)answer.Length, (nint)input),
                0,
                out var output,
                out _,
                0);
            var message = Gss.Taken(ref output);
            if (Gss.IsFault(status))
                throw Fault(status, minor);
            IsComplete = (status & Gss.Continue) == 0;
            return message;
        }
    }

    /// <summary>Signs a message, or encrypts it.</summary>
    public unsafe byte[] Wrap(ReadOnlySpan<byte> message, bool encrypt)
    {
        fixed (byte* input = message)
        {
            var status = Gss.gss_wrap(
                out var minor, _context, encrypt ? 1 : 0, 0, new GssBuffer((nuint)message.Length, (nint)input), out var isEncrypted, out var output);
            var wrapped = Gss.Taken(ref output);
            return Gss.IsFault(status) || (encrypt && isEncrypted == 0) ? throw Fault(status, minor) : wrapped;
        }
    }

    /// <summary>The message in a signed or encrypted one.</summary>
    /// <exception cref="KerberosException">It was changed on the way, came twice, or is not encrypted and should be.</exception>
    public unsafe byte[] Unwrap(ReadOnlySpan<byte> wrapped, bool encrypted)
    {
        fixed (byte* input = wrapped)
        {
            // A message that came twice or out of its order is no fault to the library, but says so beside it.
            var status = Gss.gss_unwrap(
                out var minor, _context, new GssBuffer((nuint)wrapped.Length, (nint)input), out var output, out var isEncrypted, out _);
            var message = Gss.Taken(ref output);
            if (status != 0 || (encrypted && isEncrypted == 0))
                throw new KerberosException(
                    $"A message of the server was changed on the way, or is not the one that was next ({Said(status, minor)}). Look at what is "
                        + "between this machine and the server.");
            return message;
        }
    }

    public void Dispose()
    {
        if (_context != 0)
            _ = Gss.gss_delete_sec_context(out _, ref _context, 0);
        _service.Dispose();
        _ticket.Dispose();
    }

    static (KerberosContext Context, byte[] Message) Begin(KerberosLogin login, in GssBuffer mechanism)
    {
        try
        {
            var context = new KerberosContext(login, in mechanism);
            try
            {
                return (context, context.Next([]));
            }
            catch
            {
                context.Dispose();
                throw;
            }
        }
        catch (DllNotFoundException fault)
        {
            throw KerberosCure.NoLibrary(fault);
        }
    }

    KerberosException Fault(uint status, uint minor) => (status & 0xff0000) == Gss.Expired
        ? KerberosCure.Expired(_login)
        : KerberosCure.Of(Said(status, minor), _login);

    string Said(uint status, uint minor) => minor == 0
        ? Gss.Text(status, Gss.ByGss, in _mechanism)
        : Gss.Text(minor, Gss.ByMechanism, in _mechanism);
}
