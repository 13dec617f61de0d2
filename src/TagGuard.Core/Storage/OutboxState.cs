namespace TagGuard.Storage;

/// <summary>How far a message is on its way to one recipient.</summary>
public enum OutboxState
{
    /// <summary>It is to be sent when its time has come.</summary>
    Waiting,

    /// <summary>A process sends it now, or ended while it did so: then nobody knows whether it arrived.</summary>
    Sending,

    /// <summary>The server took it.</summary>
    Delivered,

    /// <summary>It was refused for good, or too often.</summary>
    Dead,

    /// <summary>Nobody needs it: a newer report took its place, or it would have told nothing new.</summary>
    Dropped,
}
