-- Gives up a message that tells less than its recipient knows.
update outbox set state = 'dropped', ended = @now, answer = @answer where id = @id and attempts = @attempts and state in ('waiting', 'sending')
