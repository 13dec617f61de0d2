-- Brings the flag of a stage in line with its overrides, after one was added or revoked.
update tag_stage_state set
  is_online = case when state = 1 then 2 when newest.until > @now then 1 else 0 end,
  released_until = case when state = 0 and newest.until > @now then newest.until end
from (select max(id), until from override where plan = @plan and date = @date and stage = @stage and revoked_at is null) newest
where plan = @plan and process_date = @date and stage = @stage
