using TagGuard.Facts;
using TagGuard.Gates;
using TagGuard.Phrases;
using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>Reads what is stored about one business date.</summary>
sealed class DayReader(StoreSession session, string plan, DateOnly date)
{
    /// <summary>A stage as a run saved it.</summary>
    sealed record Saved(long Id, long Run, string Stage, DateTimeOffset Started, DateTimeOffset Finished, int Attempt, string PlanHash)
    {
        public required StoredRun By { get; init; }

        /// <summary>The checks that no later save has in another stage.</summary>
        public IReadOnlyList<StoredCheck> Checks { get; init; } = [];

        /// <summary>Checks that a later save has in another stage: what is said here about them is out of date.</summary>
        public HashSet<string> Left { get; init; } = [];
    }

    const int DaysOfDeadLetters = 7;

    DayDecisions _decisions = new([], DateTimeOffset.MaxValue);

    public IReadOnlyList<StoredJudgement> Judgements(string? about)
    {
        using var moment = session.BeginRead();
        return [.. Stages().SelectMany(stage => Judgements(stage, about))];
    }

    /// <param name="days">Days of history of each series.</param>
    public StoredDay Read(int days)
    {
        using var moment = session.BeginRead();
        _decisions = new DayDecisions(DecisionRows.Read(session, plan, date.AddDays(-days), date), DateTimeOffset.MaxValue);
        var gates = GateRows.Read(session, plan, date);
        var saved = Stages();
        var stages = saved.Select(stage => Stage(stage, gates.GetValueOrDefault(stage.Stage) ?? GateRows.Lost(plan, date, stage.Stage))).ToList();
        var series = saved.Zip(stages).SelectMany(stage => Series(stage.First, stage.Second, days)).ToList();
        var tags = stages.SelectMany(stage => stage.Checks)
            .Select(check => (check.Name, Tags: TagRows.Read(session, plan, check.Name, date).On(date)))
            .Where(check => check.Tags.Entries.Count > 0);
        return new StoredDay
        {
            Plan = plan,
            Date = date,
            Stages = stages,
            Gates = gates,
            Series = series,
            DeadLetters = OutboxRows.Dead(session, plan, date.AddDays(-DaysOfDeadLetters), date),
            Tags = tags.ToDictionary(check => check.Name, check => check.Tags),
        };
    }

    List<Saved> Stages()
    {
        var stages = new List<Saved>();
        using var rows = session.Query("stages_of_date").Set("@plan", plan).Set("@date", date);
        while (rows.Read())
            stages.Add(new Saved(rows.Int64(0), rows.Int64(1), rows.Text(2), rows.Instant(3), rows.Instant(4), rows.Int32(5), rows.Text(6))
            {
                By = new StoredRun(rows.Int64(1), rows.Text(7), rows.Text(8), rows.Text(9)),
            });
        return WithChecks(stages);
    }

    /// <summary>Each check with the stage that was saved last with it: a stage may have been renamed,
    /// and a check moved. A stage that all of its checks left is gone.</summary>
    List<Saved> WithChecks(List<Saved> stages)
    {
        var checks = stages.ToDictionary(stage => stage.Id, Checks);
        var newest = checks.SelectMany(stage => stage.Value.Select(check => (check.Name, Stage: stage.Key)))
            .GroupBy(check => check.Name, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Max(check => check.Stage), StringComparer.Ordinal);
        return
        [
            .. stages.Select(stage => stage with
            {
                Checks = [.. checks[stage.Id].Where(check => newest[check.Name] == stage.Id)],
                Left = checks[stage.Id].Select(check => check.Name).Where(name => newest[name] != stage.Id).ToHashSet(StringComparer.Ordinal),
            })
            .Where(stage => stage.Checks.Count > 0 || stage.Left.Count == 0),
        ];
    }

    StoredStage Stage(Saved stage, GateState gate) =>
        new(stage.Stage, gate, stage.Attempt, stage.Started, stage.Finished, Judgements(stage, about: null), Incidents(stage))
        {
            Checks = stage.Checks,
            Passes = PassesOf(stage),
            Run = stage.By,
        };

    static DateTimeOffset JudgedAt(Saved stage, string check) =>
        stage.Checks.FirstOrDefault(one => one.Name == check)?.JudgedAt ?? stage.Finished;

    List<StoredPasses> PassesOf(Saved stage)
    {
        var all = new List<StoredPasses>();
        using var rows = session.Query("passes_of_stage").Set("@stage", stage.Id);
        while (rows.Read())
        {
            if (stage.Left.Contains(rows.Text(0)))
                continue;
            var passes = new Passes(
                rows.Text(0), rows.Text(1), rows.Text(2), rows.Enum<Finding>(3), rows.Int32(4), rows.Int64(5), StoredJson.Texts(rows.Text(6)),
                rows.Flag(7));
            all.Add(new StoredPasses(stage.Run, stage.Stage, stage.PlanHash, JudgedAt(stage, passes.Check), passes));
        }
        return all;
    }

    List<StoredJudgement> Judgements(Saved stage, string? about)
    {
        var judgements = new List<StoredJudgement>();
        using var rows = session.Query("verdicts_of_stage").Set("@stage", stage.Id).Set("@about", about);
        while (rows.Read())
        {
            if (stage.Left.Contains(rows.Text(1)))
                continue;
            judgements.Add(new StoredJudgement(rows.Int64(0), stage.Run, stage.Stage, stage.PlanHash, JudgedAt(stage, rows.Text(1)), new Judgement
            {
                Series = new SeriesId(rows.Text(1), rows.Text(2), rows.Text(3)),
                Rule = rows.Text(4),
                Verdict = rows.Enum<Verdict>(5),
                Finding = rows.Enum<Finding>(6),
                Said = StoredPhrase.Read(rows, phrase: 14, text: 7),
                Value = rows.DoubleOrNull(8),
                Expected = rows.DoubleOrNull(9),
                Low = rows.DoubleOrNull(10),
                High = rows.DoubleOrNull(11),
                Used = rows.IsNull(12) ? [] : StoredJson.Days(rows.Text(12)),
                Blocking = rows.Flag(13),
            }));
        }
        return judgements;
    }

    List<Incident> Incidents(Saved stage)
    {
        var incidents = new List<Incident>();
        using var rows = session.Query("incidents_of_stage").Set("@stage", stage.Id);
        while (rows.Read())
        {
            if (stage.Left.Contains(rows.Text(0)))
                continue;
            var stored = rows.IsNull(12) ? null : PhraseJson.Read(rows.Text(12));
            incidents.Add(new Incident
            {
                Check = rows.Text(0),
                Verdict = rows.Enum<Verdict>(1),
                Finding = rows.Enum<Finding>(2),
                Blocking = rows.Flag(3),
                What = StoredPhrase.Read(stored, "what", rows.Text(4)),
                Why = StoredPhrase.Read(stored, "why", rows.Text(5)),
                DoFirst = StoredPhrase.Read(stored, "do_first", rows.Text(6)),
                Owner = rows.Text(7),
                Size = rows.Int32(8),
                Lead = StoredJson.Series(rows.Text(9))[0],
                Said = StoredPhrase.Read(stored, "said", rows.Text(10)),
                Members = StoredJson.Series(rows.Text(11)),
            });
        }
        return incidents;
    }

    /// <summary>The series of a stage's checks, check by check; of those that were neither measured nor judged today, none.</summary>
    IEnumerable<StoredSeries> Series(Saved stage, StoredStage stored, int days)
    {
        var judged = stored.Judgements.Select(judgement => judgement.Judgement.Series).ToLookup(series => series.Check);
        var passed = stored.Passes.Select(passes => passes.Passes).ToLookup(passes => passes.Check);
        foreach (var (check, dimension) in stage.Checks.Select(check => (check.Name, check.Dimension)))
        {
            var lines = new Dictionary<SeriesId, Line>();
            ReadVolumes(check, days, lines);
            ReadMeasurements(check, days, lines);
            foreach (var series in judged[check])
                LineOf(lines, series).IsOfToday = true;
            foreach (var (series, line) in lines.Where(line => line.Value.IsOfToday).OrderBy(line => line.Key))
                yield return new StoredSeries(series, dimension, line.Today, line.ShareOfTotal, line.ShareOfActive, line.Before)
                {
                    Missed = line.Missed,
                    Passed = line.Today is null ? null : passed[check].FirstOrDefault(passes => passes.Have(series))?.Finding,
                };
        }
    }

    List<StoredCheck> Checks(Saved stage)
    {
        var checks = new List<StoredCheck>();
        using var rows = session.Query("checks_of_stage").Set("@stage", stage.Id);
        while (rows.Read())
        {
            checks.Add(new StoredCheck(
                rows.Text(0), rows.Text(1), rows.Text(2), rows.Text(3),
                TimeSpan.FromMilliseconds(rows.Int64(4)), rows.IsNull(5) ? null : rows.Instant(5)));
        }
        return checks;
    }

    void ReadVolumes(string check, int days, Dictionary<SeriesId, Line> lines)
    {
        using var rows = Between("day_of_volumes", check, days);
        while (rows.Read())
        {
            var series = new SeriesId(check, Metrics.TagCount, rows.Text(1));
            LineOf(lines, series).Add(date, rows.Date(0), rows.Double(2), IsAccepted(series, rows, 3), rows.DoubleOrNull(4), rows.DoubleOrNull(5));
        }
    }

    void ReadMeasurements(string check, int days, Dictionary<SeriesId, Line> lines)
    {
        using var rows = Between("day_of_measurements", check, days);
        while (rows.Read())
        {
            var series = new SeriesId(check, rows.Text(1), rows.Text(2));
            var line = LineOf(lines, series);
            line.Add(date, rows.Date(0), rows.DoubleOrNull(3), IsAccepted(series, rows, 4), rows.DoubleOrNull(5), rows.DoubleOrNull(6));
            if (rows.Date(0) == date && !rows.IsNull(7))
                line.Missed = new Measurement.Missed(series, rows.Text(7), rows.Flag(8));
        }
    }

    bool IsAccepted(SeriesId series, StoreStatement rows, int passed) =>
        _decisions.StateOf(series, rows.Date(0), rows.Flag(passed)) is DayState.Accepted or DayState.Confirmed;

    StoreStatement Between(string query, string check, int days) =>
        session.Query(query).Set("@plan", plan).Set("@check", check).Set("@since", date.AddDays(-days)).Set("@date", date);

    static Line LineOf(Dictionary<SeriesId, Line> lines, SeriesId series)
    {
        if (!lines.TryGetValue(series, out var line))
            lines.Add(series, line = new Line());
        return line;
    }

    /// <summary>One series, as its rows come in.</summary>
    sealed class Line
    {
        public bool IsOfToday { get; set; }

        public Measurement.Missed? Missed { get; set; }

        public double? Today { get; private set; }

        public double? ShareOfTotal { get; private set; }

        public double? ShareOfActive { get; private set; }

        public List<StoredValue> Before { get; } = [];

        public void Add(DateOnly today, DateOnly date, double? value, bool isAccepted, double? shareOfTotal, double? shareOfActive)
        {
            if (date == today)
                (IsOfToday, Today, ShareOfTotal, ShareOfActive) = (true, value, shareOfTotal, shareOfActive);
            else if (value is not null)
                Before.Add(new StoredValue(date, value.Value, isAccepted));
        }
    }
}
