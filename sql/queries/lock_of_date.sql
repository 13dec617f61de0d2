-- Who holds this plan and date?
select l.run_id, r.host, r.process_id, r.user, l.machine, l.process_mark, l.since, l.renewed
from run_lock l join run r on r.id = l.run_id
where l.plan = @plan and l.date = @date
