-- Notes that a run saves a stage.
insert into run_stage (run_id, plan, date, stage, exit_code, reason, started, finished, judged_by, phrase)
values (@run, @plan, @date, @stage, @exit_code, @reason, @started, @finished, @judged_by, @phrase)
