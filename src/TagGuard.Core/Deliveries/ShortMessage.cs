using System.Text.Encodings.Web;
using System.Text.Json;

namespace TagGuard.Deliveries;

/// <summary>A report or a notice in a few lines, for those who get no mail.</summary>
public sealed record ShortMessage
{
    /// <summary>Tag names of all languages as they are; it is never put into HTML.</summary>
    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Its identity, the same on each attempt.</summary>
    public required string Id { get; init; }

    public required string Plan { get; init; }

    /// <summary>The business date.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>`report` or `silence`.</summary>
    public required string Kind { get; init; }

    /// <summary>`open`, `closed`, `not_ready`, `overridden`; of a silence `missing`.</summary>
    public required string State { get; init; }

    /// <summary>As the subject of the mail.</summary>
    public required string Title { get; init; }

    /// <summary>What to do now, and what broke, a line each.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Where the report can be opened in a browser; null for nowhere.</summary>
    public string? Url { get; init; }

    public IReadOnlyList<ShortIncident> Incidents { get; init; } = [];

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="JsonException">It is none.</exception>
    public static ShortMessage FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<ShortMessage>(json, Json) ?? throw new JsonException("It is null.");
}

/// <summary>An incident in a <see cref="ShortMessage"/>.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Check">The check.</param>
/// <param name="Title">What broke.</param>
/// <param name="Severity">`critical`, `important` or `notice`.</param>
/// <param name="ClosesGate">Whether it closes the stage's gate.</param>
/// <param name="Owner">Whom to tell; may be empty.</param>
/// <param name="Since">The first business date of it.</param>
public sealed record ShortIncident(string Stage, string Check, string Title, string Severity, bool ClosesGate, string Owner, DateOnly Since);
