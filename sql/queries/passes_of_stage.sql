-- The verdicts of a saved stage that passed, by rule.
select check_name, metric, rule, finding, verdicts, checksum, series_keys, are_left_out from passes where run_stage_id = @stage order by number
