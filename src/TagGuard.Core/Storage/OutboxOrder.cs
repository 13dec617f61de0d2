namespace TagGuard.Storage;

/// <summary>A message that is to be written and delivered.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="To">Who gets it, as `name@host` or `Name &lt;name@host&gt;`; of webhooks their names.</param>
/// <param name="MessageId">Its identity without angle brackets, the same on each attempt.</param>
public sealed record OutboxOrder(OutboxKind Kind, IReadOnlyList<string> To, string MessageId)
{
    public OutboxChannel Channel { get; init; } = OutboxChannel.Mail;
}
