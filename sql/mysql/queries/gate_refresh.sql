-- Brings the flag of a stage in line with its overrides, after one was added or revoked.
update tag_stage_state s
left join (select until from override where plan = @plan and date = @date and stage = @stage and revoked_at is null order by id desc limit 1) newest on true
set
  s.is_online = case when s.state = 1 then 2 when newest.until > @now then 1 else 0 end,
  s.released_until = case when s.state = 0 and newest.until > @now then newest.until end
where s.plan = @plan and s.business_date = @date and s.stage_name = @stage
