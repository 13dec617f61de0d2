using System.Globalization;
using TagGuard.Facts;
using TagGuard.Storage;

namespace TagGuard.Adapters.Storage;

/// <summary>Saves one stage of a run: all of it, or nothing.</summary>
/// <param name="session">The store.</param>
/// <param name="run">The run.</param>
/// <param name="cancellationToken">Looked at every so many rows; what was written until then is undone.</param>
sealed class StageWriter(StoreSession session, long run, CancellationToken cancellationToken)
{
    const int RowsBetweenLooks = 1000;

    static readonly string[] Verdicts = Enum.GetNames<Verdict>();
    static readonly string[] Findings = Enum.GetNames<Finding>();

    readonly (string Plan, DateOnly Date) _of = RunRows.Find(session, run);
    int _rows;

    public void Save(StageResult stage)
    {
        using var transaction = session.BeginWrite(_of.Plan, _of.Date);
        if (!DateLocks.Renew(session, run))
            throw new StoreException(Lost());
        var stageId = AddStage(stage);
        for (var number = 0; number < stage.Checks.Count; number++)
            AddCheck(stageId, number, stage.Checks[number]);
        var incidents = AddIncidents(stageId, stage.Incidents);
        AddVerdicts(stageId, stage, incidents);
        cancellationToken.ThrowIfCancellationRequested();
        // Last: whoever sees the flag sees everything that it stands for.
        GateRows.Set(session, (_of.Plan, _of.Date, stage.Stage), stage.Gate, run, session.Now);
        transaction.Commit();
    }

    string Lost() => string.Create(
        CultureInfo.InvariantCulture,
        $"Run {run} does not hold {_of.Plan} of {_of.Date:yyyy-MM-dd} any more: it ended, or gave no sign of life for "
        + $"{DateLocks.Expiry.TotalSeconds:0} s and another took over. Nothing was saved; run it again.");

    long AddStage(StageResult stage)
    {
        using var add = session.Query("stage_add")
            .Set("@run", run).Set("@plan", _of.Plan).Set("@date", _of.Date).Set("@stage", stage.Stage)
            .Set("@exit_code", (int)stage.Gate.Exit).Set("@reason", stage.Gate.Reason).Set("@started", stage.Started).Set("@finished", stage.Finished)
            .Set("@judged_by", StoredJudgedBy.Of(stage)).Set("@phrase", StoredPhrase.Of(stage.Gate.Why));
        add.Run();
        return session.LastId;
    }

    void AddCheck(long stageId, int number, CheckResult check)
    {
        using (var add = session.Query("check_add")
            .Set("@stage", stageId).Set("@number", number).Set("@check", check.Check).Set("@kind", check.Kind).Set("@dimension", check.Dimension)
            .Set("@asked", check.Asked).Set("@took_ms", (long)check.Took.TotalMilliseconds).Set("@judged_at", check.JudgedAt))
            add.Run();
        DeleteMeasurements(check.Check);
        var quarantined = check.QuarantinedSeries;
        AddVolumes(stageId, check, [.. check.Measurements.Where(IsVolume).Cast<Measurement.Taken>()], quarantined);
        AddMeasurements(check, check.Measurements.Where(measurement => !IsVolume(measurement)), quarantined);
        if (check.IsReconciled)
            SetMonitor(check);
        if (check.Tags is { } tags)
            new TagRows(session, _of.Plan, check.Check).Save(_of.Date, tags);
    }

    static bool IsVolume(Measurement measurement) => measurement is Measurement.Taken { Series: { Metric: Metrics.TagCount, Key.Length: > 0 } };

    void DeleteMeasurements(string check)
    {
        using var delete = session.Query("measurements_delete").Set("@plan", _of.Plan).Set("@check", check).Set("@date", _of.Date);
        delete.Run();
    }

    void AddVolumes(long stageId, CheckResult check, IReadOnlyList<Measurement.Taken> volumes, IReadOnlySet<SeriesId> quarantined)
    {
        using var rows = session.Volumes(new VolumesOf(_of.Plan, check.Check, _of.Date, check.Dimension, run, stageId, volumes.Count));
        // In the order of the table's pages, so that each row lands behind the last one.
        foreach (var volume in InOrder(volumes))
        {
            Look();
            rows.Add(volume.Series.Key, volume.Value, volume.ShareOfTotal, volume.ShareOfActive, !quarantined.Contains(volume.Series));
        }
        rows.End();
    }

    static IEnumerable<Measurement.Taken> InOrder(IReadOnlyList<Measurement.Taken> volumes)
    {
        for (var i = 1; i < volumes.Count; i++)
        {
            if (string.CompareOrdinal(volumes[i - 1].Series.Key, volumes[i].Series.Key) > 0)
                return volumes.OrderBy(volume => volume.Series.Key, StringComparer.Ordinal);
        }
        return volumes;
    }

    void AddMeasurements(CheckResult check, IEnumerable<Measurement> measurements, IReadOnlySet<SeriesId> quarantined)
    {
        using var add = session.Query("measurement_add").Set("@plan", _of.Plan).Set("@check", check.Check).Set("@date", _of.Date).Set("@run", run);
        foreach (var measurement in measurements)
        {
            var (taken, missed) = (measurement as Measurement.Taken, measurement as Measurement.Missed);
            add.Set("@metric", measurement.Series.Metric).Set("@key", measurement.Series.Key)
                .Set("@value", taken?.Value).Set("@share_of_total", taken?.ShareOfTotal).Set("@share_of_active", taken?.ShareOfActive)
                .Set("@missed_reason", missed?.Reason).Set("@is_absent", missed?.IsAbsent == true ? 1 : 0)
                .Set("@accepted", quarantined.Contains(measurement.Series) ? 0 : 1);
            Run(add);
        }
    }

    void SetMonitor(CheckResult check)
    {
        using var set = session.Query("monitor_set")
            .Set("@plan", _of.Plan).Set("@date", _of.Date).Set("@check", check.Check).Set("@run", run)
            .Set("@left", Rows(Metrics.LeftRows)).Set("@right", Rows(Metrics.RightRows))
            .Set("@ok", check.Judgements.Count > 0 && check.Judgements.All(judgement => judgement.Verdict == Verdict.Pass) ? 1 : 0);
        Run(set);

        long? Rows(string metric) =>
            check.Measurements.OfType<Measurement.Taken>().FirstOrDefault(taken => taken.Series.Metric == metric) is { } taken
                ? (long)taken.Value
                : null;
    }

    IncidentIds AddIncidents(long stageId, IReadOnlyList<Incident> incidents)
    {
        var ids = new IncidentIds();
        using var add = session.Query("incident_add").Set("@stage", stageId);
        foreach (var incident in incidents)
        {
            add.Set("@check", incident.Check)
                .Set("@verdict", Verdicts[(int)incident.Verdict])
                .Set("@finding", Findings[(int)incident.Finding])
                .Set("@blocking", incident.Blocking ? 1 : 0)
                .Set("@title", incident.Title)
                .Set("@cause", incident.Cause)
                .Set("@advice", incident.Advice)
                .Set("@owner", incident.Owner)
                .Set("@size", incident.Size)
                .Set("@lead", StoredJson.Of([incident.Lead]))
                .Set("@sentence", incident.Sentence)
                .Set("@members", StoredJson.Of(incident.Members))
                .Set("@phrases", StoredPhrase.Of(incident));
            Run(add);
            ids.Add(incident, session.LastId);
        }
        return ids;
    }

    void AddVerdicts(long stageId, StageResult stage, IncidentIds incidents)
    {
        using var add = session.Rows("verdict_add").Set("@stage", stageId);
        var row = new VerdictRow(add);
        var all = new List<Passes>();
        foreach (var check in stage.Checks)
        {
            var verdicts = Passes.Of(check.Measurements, check.Judgements);
            all.AddRange(verdicts.Passed.Select(passed => passed.Passes));
            foreach (var judgement in verdicts.Others)
            {
                row.Set(judgement, judgement.Verdict != Verdict.Pass ? incidents.Of(judgement) : null);
                Run(add);
            }
        }
        add.End();
        AddPasses(stageId, all);
    }

    void AddPasses(long stageId, List<Passes> all)
    {
        using var add = session.Query("passes_add").Set("@stage", stageId);
        for (var number = 0; number < all.Count; number++)
        {
            var passes = all[number];
            add.Set("@number", number).Set("@check", passes.Check).Set("@metric", passes.Metric).Set("@rule", passes.Rule)
                .Set("@finding", Findings[(int)passes.Finding]).Set("@verdicts", passes.Count).Set("@checksum", passes.Checksum)
                .Set("@keys", StoredJson.Of(passes.Keys)).Set("@are_left_out", passes.AreLeftOut ? 1 : 0);
            Run(add);
        }
    }

    void Run(StoreStatement statement)
    {
        Look();
        statement.Run();
    }

    void Look()
    {
        if (_rows++ % RowsBetweenLooks == 0)
            cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The parameters of a verdict by their places: looked up once, not for each of 100,000 rows.</summary>
    sealed class VerdictRow(StoreStatement add)
    {
        readonly int _check = add.At("@check"), _metric = add.At("@metric"), _key = add.At("@key"), _rule = add.At("@rule");
        readonly int _verdict = add.At("@verdict"), _finding = add.At("@finding"), _sentence = add.At("@sentence"), _phrase = add.At("@phrase");
        readonly int _value = add.At("@value"), _expected = add.At("@expected"), _low = add.At("@low"), _high = add.At("@high");
        readonly int _used = add.At("@used"), _blocking = add.At("@blocking"), _incident = add.At("@incident");

        public void Set(Judgement judgement, long? incident)
        {
            add.Set(_check, judgement.Series.Check).Set(_metric, judgement.Series.Metric).Set(_key, judgement.Series.Key).Set(_rule, judgement.Rule)
                .Set(_verdict, Verdicts[(int)judgement.Verdict]).Set(_finding, Findings[(int)judgement.Finding]).Set(_sentence, judgement.Sentence)
                .Set(_phrase, StoredPhrase.Of(judgement.Said))
                .Set(_value, judgement.Value).Set(_expected, judgement.Expected).Set(_low, judgement.Low).Set(_high, judgement.High)
                // The history of a Pass can be read again; what broke is shown with the very days that it was judged by.
                .Set(_used, judgement.Verdict == Verdict.Pass ? null : StoredJson.Of(judgement.Used))
                .Set(_blocking, judgement.Blocking ? 1L : 0L).Set(_incident, incident);
        }
    }
}
