-- Takes away the verdicts of a saved stage that passed.
delete from passes where run_stage_id = @stage
