namespace TagGuard.Gates;

/// <summary>The part of the exit codes that a gate decides.</summary>
public enum GateExit
{
    Open = 0,
    BadData = 1,
    CouldNotTell = 2,
    NotReady = 75,
}
