-- One message to one recipient.
select id, date, kind, about, recipient, message_id, told, state, attempts, doubts, next_attempt, answer, created, ended,
  lease_machine, lease_process, lease_mark, lease_until, channel
from outbox where id = @id
