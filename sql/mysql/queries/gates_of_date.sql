-- The gates of a date, each with its newest override that was not revoked.
select s.stage_name, s.state, s.exit_code, s.reason, s.decided_at, coalesce(s.run_id, 0), o.opened_by, o.why, o.since, o.until
from tag_stage_state s
left join override o on o.id =
  (select max(id) from override where plan = s.plan and date = s.business_date and stage = s.stage_name and revoked_at is null)
where s.plan = @plan and s.business_date = @date
