-- The checks of a saved stage.
select check_name, kind, dimension, asked, took_ms, judged_at from run_check where run_stage_id = @stage order by number
