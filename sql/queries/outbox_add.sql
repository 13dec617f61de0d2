-- Notes a message that a recipient is to get.
insert into outbox
  (plan, date, kind, about, channel, recipient, message_id, state, attempts, doubts, next_attempt, answer, lease_machine, lease_process, lease_mark,
  created)
values (@plan, @date, @kind, @about, @channel, @recipient, @message_id, 'waiting', 0, 0, @now, '', '', 0, '', @now)
