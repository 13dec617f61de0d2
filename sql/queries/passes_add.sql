-- Verdicts of one rule that passed.
insert into passes (run_stage_id, number, check_name, metric, rule, finding, verdicts, checksum, series_keys, are_left_out)
values (@stage, @number, @check, @metric, @rule, @finding, @verdicts, @checksum, @keys, @are_left_out)
