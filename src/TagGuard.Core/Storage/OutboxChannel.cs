namespace TagGuard.Storage;

/// <summary>By what a message goes.</summary>
public enum OutboxChannel
{
    Mail,
    Webhook,
}
