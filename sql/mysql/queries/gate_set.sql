-- Sets the flag of a stage. A check that finds the data good releases it (2); else the newest override, when it is in force, does (1).
insert into tag_stage_state
  (process_date, stage, state, is_online, plan, business_date, stage_name, exit_code, reason, decided_at, run_id, released_until)
select (select date_format(@date, style) from date_style where table_name = 'tag_stage_state'), @stage, @state,
  case when @state = 1 then 2 when newest.until > @now then 1 else 0 end, @plan, @date, @stage, @exit_code, @reason, @now, @run,
  case when @state = 0 and newest.until > @now then newest.until end
from (select 1 as n) one
left join (select until from override where plan = @plan and date = @date and stage = @stage and revoked_at is null order by id desc limit 1) newest on true
on duplicate key update
  state = values(state), is_online = values(is_online), plan = values(plan), business_date = values(business_date), stage_name = values(stage_name),
  exit_code = values(exit_code), reason = values(reason), decided_at = values(decided_at), run_id = values(run_id), released_until = values(released_until)
