-- Makes a closed gate for a stage that was never judged, so that an override has something to open. A row that another program left is taken over.
insert into tag_stage_state (process_date, stage, state, is_online, plan, business_date, stage_name, exit_code, reason, decided_at, run_id)
values ((select date_format(@date, style) from date_style where table_name = 'tag_stage_state'), @stage, 0, 0, @plan, @date, @stage, @exit_code, @reason, @now, null)
on duplicate key update
  state = if(tag_stage_state.plan is null, values(state), state), is_online = if(tag_stage_state.plan is null, values(is_online), is_online),
  exit_code = if(tag_stage_state.plan is null, values(exit_code), exit_code), reason = if(tag_stage_state.plan is null, values(reason), reason),
  decided_at = if(tag_stage_state.plan is null, values(decided_at), decided_at),
  plan = values(plan), business_date = values(business_date), stage_name = values(stage_name)
