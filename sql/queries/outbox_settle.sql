-- Notes what became of an attempt; changes no row when the message was given to another process meanwhile.
update outbox
set state = @state, attempts = @attempts, doubts = doubts + @doubt, next_attempt = @next, answer = @answer, told = coalesce(@told, told),
  ended = @ended,
  lease_machine = '', lease_process = 0, lease_mark = '', lease_until = null
where id = @id and state = 'sending' and attempts = @taken
