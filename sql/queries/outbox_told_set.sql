-- Notes what a message tells.
update outbox set told = @told where id = @id and state = 'sending' and attempts = @taken
