using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TagGuard.Adapters.Storage;

/// <summary>Tells a process that still lives from a dead one whose number was given to another.</summary>
static class ProcessMark
{
    /// <summary>Could not be looked at: taken as alive, for a lock must not be broken on a guess.</summary>
    const string Unreadable = "?";

    /// <summary>The machine as far as its process numbers reach: two containers may share a host name, but not the numbers.</summary>
    public static string MachineOf(string host)
    {
        if (host != Environment.MachineName || !OperatingSystem.IsLinux())
            return host;
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            return $"{host} {boot} {new FileInfo("/proc/self/ns/pid").LinkTarget}";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return host;
        }
    }

    /// <summary>When the process was started, in the system's own units; empty when there is no such
    /// process, or only its entry is left, which its parent has not collected.</summary>
    public static string Of(int processId) => OperatingSystem.IsLinux() ? OnLinux(processId) : Elsewhere(processId);

    /// <summary>Whether a process may still live: one of this machine is looked at, of one elsewhere there is only its last sign of life.</summary>
    public static bool IsAlive(string machine, int processId, string mark, bool gaveSign) =>
        machine == MachineOf(Environment.MachineName) ? IsAlive(processId, mark) : gaveSign;

    /// <summary>Whether the process that left this mark still lives.</summary>
    public static bool IsAlive(int processId, string mark)
    {
        var now = Of(processId);
        return now.Length > 0 && mark.Length > 0 && (now == mark || now == Unreadable || mark == Unreadable);
    }

    // Field 3 of /proc/PID/stat is the state, Z or X for the dead. Field 22 is the start in clock ticks since boot, which unlike Process.StartTime
    // does not move when the clock is set. The second field, the name in parentheses, may hold spaces and parentheses itself: proc(5).
    static string OnLinux(int processId)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? "" : fields[19];
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Unreadable;
        }
    }

    static string Elsewhere(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.StartTime.ToUniversalTime().ToString("s", CultureInfo.InvariantCulture);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            return "";
        }
        catch (Win32Exception)
        {
            return Unreadable;
        }
    }
}
