-- One verdict with its evidence.
insert into verdict
  (run_stage_id, check_name, metric, series_key, rule, verdict, finding, sentence, value, expected, low, high, used, blocking, incident_id, phrase)
values (@stage, @check, @metric, @key, @rule, @verdict, @finding, @sentence, @value, @expected, @low, @high, @used, @blocking, @incident, @phrase)
