-- The checks of a saved stage.
select check_name, dimension, judged_at from run_check where run_stage_id = @stage order by number
