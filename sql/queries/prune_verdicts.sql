-- Takes away the verdicts of a saved stage.
delete from verdict where run_stage_id = @stage
