-- The messages about some days that could not be delivered.
select id, date, kind, about, recipient, message_id, told, state, attempts, doubts, next_attempt, answer, created, ended,
  lease_machine, lease_process, lease_mark, lease_until, channel
from outbox where plan = @plan and date between @from and @to and state = 'dead' order by id
