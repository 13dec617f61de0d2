-- Makes a closed gate for a stage that was never judged, so that an override has something to open.
insert or ignore into tag_stage_state (process_date, stage, state, is_online, plan, exit_code, reason, decided_at, run_id)
values (@date, @stage, 0, 0, @plan, @exit_code, @reason, @now, null)
