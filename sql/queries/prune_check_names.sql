-- The checks of a saved stage.
select check_name from run_check where run_stage_id = @stage
