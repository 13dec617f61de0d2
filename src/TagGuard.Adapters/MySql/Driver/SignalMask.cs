using System.Runtime.CompilerServices;

namespace TagGuard.Adapters.MySql.Driver;

/// <summary>While it is raised, signals to the process are left to its other threads. Lowered, when disposed, by the thread that raised it.</summary>
/// <remarks>
/// A signal breaks off a read that has a time limit (man 7 signal), and over TLS Connector/C 3.3 then waits for as many milliseconds as the limit has
/// seconds: a child process that ended, or a terminal that was resized, would cost the connection. It is held around single calls of the library, for a
/// thread or a process that is started meanwhile would be deaf for good.
/// </remarks>
readonly unsafe ref struct SignalMask
{
    const int Block = 0;
    const int Set = 2;

    readonly SignalSet _before;
    readonly bool _isRaised;

    SignalMask(SignalSet before) => (_before, _isRaised) = (before, true);

    public static SignalMask Raise()
    {
        SignalSet before = default, blocked = default;
        // All of 1 to 31 but those that tell of a fault of this very thread: ILL, TRAP, ABRT, BUS, FPE, SEGV, SYS. Those above are the runtime's.
        blocked[0] = 0x7FFF_FFFF & ~(Bit(4) | Bit(5) | Bit(6) | Bit(7) | Bit(8) | Bit(11) | Bit(31));
        _ = Native.pthread_sigmask(Block, &blocked, &before);
        return new SignalMask(before);

        static ulong Bit(int signal) => 1UL << (signal - 1);
    }

    public void Dispose()
    {
        if (!_isRaised)
            return;
        var before = _before;
        _ = Native.pthread_sigmask(Set, &before, null);
    }
}

/// <summary>A sigset_t: a bit for each signal, from 1 on.</summary>
[InlineArray(16)]
struct SignalSet
{
    ulong _first;
}
