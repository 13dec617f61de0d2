using System.Text.Json;
using TagGuard.Sources;

namespace TagGuard.Adapters.WebHdfs;

/// <summary>What a server says of itself in its `/jmx`; gateways and closed ports say nothing.</summary>
/// <param name="State">active, standby or observer; null when it is not told.</param>
/// <param name="Version">The release; null when it is not told.</param>
sealed record ServerRole(string? State, string? Version)
{
    public static ServerRole Untold { get; } = new(null, null);

    /// <summary>Whether another server is the active one.</summary>
    public bool IsOther => State is not (null or "active");
}

/// <summary>Asks each server of an HDFS what it is.</summary>
sealed class ServerRoles(NameNodes nodes)
{
    const string Beans = "/jmx?qry=Hadoop:service=NameNode,name=NameNode*";

    /// <summary>One server's role; nothing when it does not tell.</summary>
    public static async Task<ServerRole> OfAsync(NameNodes nodes, Uri server, CancellationToken cancellationToken)
    {
        var at = new Uri(server.GetLeftPart(UriPartial.Authority) + Beans);
        try
        {
            var answer = await nodes.SendAsync(server, at, at.AbsoluteUri, cancellationToken);
            if (!answer.IsSuccess)
                return ServerRole.Untold;
            using var document = JsonDocument.Parse(answer.Body);
            var beans = document.RootElement.GetProperty("beans").EnumerateArray().ToList();
            return new ServerRole(Text(beans, "NameNodeStatus", "State"), Text(beans, "NameNodeInfo", "Version")?.Split(',')[0]);
        }
        catch (Exception fault) when (fault is PassedOnException or SourceException)
        {
            return ServerRole.Untold;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return ServerRole.Untold;
        }
    }

    /// <summary>One line about all servers, for `doctor`.</summary>
    /// <exception cref="SourceException">None is active.</exception>
    public async Task<string> TellAsync(CancellationToken cancellationToken)
    {
        await nodes.AskAsync("/", "GETFILESTATUS", "", cancellationToken);
        var told = new List<string>();
        string? version = null;
        foreach (var server in nodes.Bases)
        {
            var role = await OfAsync(nodes, server, cancellationToken);
            version ??= role.Version;
            told.Add($"{server.GetLeftPart(UriPartial.Authority)} {await StateAsync(server, role, cancellationToken)}");
        }
        return $"HDFS {version ?? "of untold version"}: {string.Join(", ", told)}";
    }

    async Task<string> StateAsync(Uri server, ServerRole role, CancellationToken cancellationToken)
    {
        try
        {
            await nodes.AskAsync(server, "/", "GETFILESTATUS", "", cancellationToken);
            return role.State ?? "answers";
        }
        catch (PassedOnException fault)
        {
            return role.State ?? $"is of no use now ({fault.Message})";
        }
    }

    static string? Text(IEnumerable<JsonElement> beans, string bean, string key) => beans
        .Where(one => one.GetProperty("name").GetString()?.EndsWith($"name={bean}", StringComparison.Ordinal) == true)
        .Where(one => one.TryGetProperty(key, out _))
        .Select(one => one.GetProperty(key).GetString())
        .FirstOrDefault();
}
