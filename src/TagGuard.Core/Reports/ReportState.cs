using System.Text;
using TagGuard.Keys;

namespace TagGuard.Reports;

/// <summary>What a report says in one hash: how the gates stand and which incidents there are, without their numbers. Where it is the same as before,
/// nothing has changed that a person must be told again.</summary>
public static class ReportState
{
    public static string Of(ReportFacts facts)
    {
        var text = new StringBuilder();
        foreach (var stage in facts.Stages)
            Add(text, stage.Name, stage.Standing);
        foreach (var one in facts.Incidents.SelectMany(incident => incident.Following.Prepend(incident)))
        {
            var (incident, lead) = (one.Incident, one.Incident.Lead);
            Add(text, one.Stage, incident.Check, incident.Verdict, incident.Finding, incident.Blocking, lead.Check, lead.Metric, lead.Key);
        }
        return Convert.ToHexStringLower(Sha256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // With lengths: a name may hold what stands between two of them.
    static void Add(StringBuilder text, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
            text.Append(value.ToString()!.Length).Append(':').Append(value);
        text.Append('\n');
    }
}
