-- The messages that somebody waits for, in the order in which they were written.
select id, date, kind, about, recipient, message_id, told, state, attempts, doubts, next_attempt, answer, created, ended,
  lease_machine, lease_process, lease_mark, lease_until, channel
from outbox where plan = @plan and state in ('waiting', 'sending') order by id
