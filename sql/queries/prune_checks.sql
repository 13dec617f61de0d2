-- Takes away what a saved stage asked.
delete from run_check where run_stage_id = @stage
