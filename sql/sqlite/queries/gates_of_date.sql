-- The gates of a date, each with its newest override that was not revoked, and the stage as its run saved it with the number of verdicts
-- that are there.
select s.stage, s.state, s.exit_code, s.reason, s.decided_at, s.run_id, o.opened_by, o.why, o.since, o.until,
  r.judged_by, r.exit_code,
  (select count(*) from verdict where run_stage_id = r.id) + (select coalesce(sum(verdicts), 0) from passes where run_stage_id = r.id),
  case when r.reason = s.reason then r.phrase end
from tag_stage_state s
left join override o on o.id =
  (select max(id) from override where plan = s.plan and date = s.process_date and stage = s.stage and revoked_at is null)
left join run_stage r on r.plan = s.plan and r.date = s.process_date and r.stage = s.stage and r.run_id = s.run_id
where s.plan = @plan and s.process_date = @date
