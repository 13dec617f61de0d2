using TagGuard.Facts;
using TagGuard.Phrases;
using TagGuard.Reports;

namespace TagGuard.Rendering.Mails;

/// <summary>What broke: new, going on, recovered; a card each, as long as somebody reads them.</summary>
static class MailIncidents
{
    /// <summary>Incidents with a card: a mail is not read to its tenth.</summary>
    const int MostCards = 8;

    /// <summary>Cards with a chart: each picture has its bytes.</summary>
    const int MostCharts = 5;

    const int MostLines = 30;
    const int MostMembers = 6;
    const int MostFollowing = 5;

    public static IEnumerable<MailBlock> Of(MailScene scene)
    {
        var (facts, words) = (scene.Facts, scene.Words);
        // The cards go to what closes a gate first, new or not.
        var cards = facts.Incidents.Take(MostCards).Index()
            .ToDictionary(one => one.Item, one => one.Index + 1, (IEqualityComparer<IncidentFacts>)ReferenceEqualityComparer.Instance);
        var groups = facts.Incidents.ToLookup(incident => GroupOf(scene, incident));
        foreach (var (title, incidents) in new[]
        {
            (words.Say("mail.new"), groups[Group.New].ToList()),
            (words.Say("mail.going_on"), groups[Group.GoingOn].ToList()),
            (words.Say("report.worth_a_look"), groups[Group.Notice].ToList()),
        })
        {
            if (incidents.Count == 0)
                continue;
            yield return new MailBlock.Heading(title, words.Say("report.incidents", ("count", incidents.Count)));
            foreach (var incident in incidents.Where(cards.ContainsKey))
                yield return Card(scene, incident, cards[incident]);
            var rest = incidents.Where(incident => !cards.ContainsKey(incident)).Select(incident => Line(scene, incident)).ToList();
            if (rest.Count > 0)
                yield return new MailBlock.Lines(scene.AtMost(MostLines, rest));
        }
        if (facts.Recovered.Count == 0)
            yield break;
        if (!scene.IsQuiet)
            yield return new MailBlock.Heading(words.Say("mail.recovered"));
        yield return new MailBlock.Lines([new MailLine(words.Say("report.recovered", ("names", Headline.Recovered(words, facts))))]);
    }

    enum Group { New, GoingOn, Notice }

    static Group GroupOf(MailScene scene, IncidentFacts incident) =>
        incident.Severity == Severity.Notice ? Group.Notice
        : incident.Since < scene.Facts.Day.Date ? Group.GoingOn
        : Group.New;

    static MailBlock.Card Card(MailScene scene, IncidentFacts facts, int number)
    {
        var (words, incident, report) = (scene.Words, facts.Incident, scene.Facts);
        var isNotice = facts.Severity == Severity.Notice;
        var small = words.Say(IncidentSection.EffectOf(facts, report)) + IncidentSection.SinceOf(words, facts, report.Day.Date)
            + $" · {facts.Stage} › {incident.Check}";
        return new MailBlock.Card(
            incident.Verdict,
            Signs.Of(incident.Verdict),
            words.TitleOf(incident),
            small,
            isNotice ? "" : words.BodyOf(incident),
            isNotice && incident.Finding != Finding.Drift ? null : ChartOf(words, facts, report.Day.Date, number),
            [.. FactsOf(scene, facts).Take(isNotice ? 1 : int.MaxValue)],
            [.. scene.AtMost(MostFollowing, [.. facts.Following.Select(following => Line(scene, following))])]);
    }

    static MailChart? ChartOf(Words words, IncidentFacts facts, DateOnly date, int number)
    {
        if (number > MostCharts || facts.Series is not { } series)
            return null;
        var chart = ChartData.Of(series, facts.Lead, date);
        return chart.Shown.Count == 0 ? null : new MailChart($"chart-{number}.png", chart, words.Describe(chart));
    }

    static IEnumerable<(string Label, MailLine Said)> FactsOf(MailScene scene, IncidentFacts facts)
    {
        var (words, incident) = (scene.Words, facts.Incident);
        if (words.CauseOf(incident) is { Length: > 0 } cause)
            yield return (words.Say("report.cause"), new MailLine(cause));
        if (words.AdviceOf(incident) is { Length: > 0 } advice)
            yield return (words.Say("report.advice"), new MailLine(advice) { HasLinks = incident.DoFirst.IsText });
        if (SizeOf(words, facts) is { Length: > 0 } size)
            yield return (words.Say("mail.size"), new MailLine(size));
        if (incident.Members.Count > 1)
        {
            var names = incident.Members.Select(member => Phrase.Text(words.NameOf(member))).ToList();
            yield return (words.Say("mail.affected"), new MailLine(words.Say(Listing.Of(names, MostMembers))));
        }
        if (incident.Owner.Length > 0)
            yield return (words.Say("report.owner"), new MailLine(incident.Owner));
        if (scene.Options.RerunUrl is { } url)
            yield return (words.Say("mail.page"), new MailLine(words.Say("mail.page_link")) { Link = url });
        else
            yield return (words.Say("mail.page"), new MailLine($"`{new Commands(scene.Report, scene.Facts.Day.Date).Rerun(facts.Stage)}`"));
    }

    static string SizeOf(Words words, IncidentFacts facts)
    {
        if (facts is not { Series.Today: double today, Lead.Expected: double expected })
            return "";
        var size = new Phrase(
            "mail.size_is", ("value", today), ("expected", Math.Round(expected)), ("metric", facts.Incident.Lead.Metric));
        return facts.Incident.Members.Count > 1
            ? words.Say("mail.size_in", ("name", words.NameOf(facts.Incident.Lead)), ("size", size))
            : words.Say(size);
    }

    static MailLine Line(MailScene scene, IncidentFacts facts) => Line(scene.Words, facts);

    /// <summary>An incident in a line.</summary>
    public static MailLine Line(Words words, IncidentFacts facts) =>
        new(
            $"{Signs.Of(facts.Incident.Verdict)} {words.TitleOf(facts.Incident)} · {facts.Stage} › {facts.Incident.Check}",
            facts.Incident.Verdict);
}
