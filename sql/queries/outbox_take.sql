-- Gives a message to a process that sends it; changes no row when another was quicker.
update outbox
set state = 'sending', attempts = attempts + 1, doubts = doubts + @doubt,
  lease_machine = @machine, lease_process = @process, lease_mark = @mark, lease_until = @until
where id = @id and attempts = @attempts and state in ('waiting', 'sending')
