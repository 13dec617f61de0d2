-- Sets the flag of a stage. A check that finds the data good releases it (2); else the newest override, when it is in force, does (1).
insert into tag_stage_state (process_date, stage, state, is_online, plan, exit_code, reason, decided_at, run_id, released_until)
select @date, @stage, @state, case when @state = 1 then 2 when newest.until > @now then 1 else 0 end, @plan, @exit_code, @reason, @now, @run,
  case when @state = 0 and newest.until > @now then newest.until end
from (select max(id), until from override where plan = @plan and date = @date and stage = @stage and revoked_at is null) newest
where true
on conflict (plan, process_date, stage) do update set
  state = excluded.state, is_online = excluded.is_online, exit_code = excluded.exit_code, reason = excluded.reason,
  decided_at = excluded.decided_at, run_id = excluded.run_id, released_until = excluded.released_until
