-- Notes a check of a saved stage.
insert into run_check (run_stage_id, number, check_name, kind, dimension, asked, took_ms, judged_at)
values (@stage, @number, @check, @kind, @dimension, @asked, @took_ms, @judged_at)
