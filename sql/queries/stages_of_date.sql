-- The newest save of each stage of a date, in the order in which the stages first ran.
select s.id, s.run_id, s.stage, s.started, s.finished, r.attempt, r.plan_hash, r.verb, r.host, r.user
from (select max(id) as newest, min(id) as first from run_stage where plan = @plan and date = @date group by stage) of_stage
join run_stage s on s.id = of_stage.newest
join run r on r.id = s.run_id
order by of_stage.first
