-- The messages that could not be delivered and were given up of late, whatever date they are about.
select id, date, kind, about, recipient, message_id, told, state, attempts, doubts, next_attempt, answer, created, ended,
  lease_machine, lease_process, lease_mark, lease_until, channel
from outbox where plan = @plan and state = 'dead' and ended >= @since order by id
