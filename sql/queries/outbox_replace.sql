-- Reports of a date that nobody was sent yet, and that a newer one takes the place of.
update outbox set state = 'dropped', ended = @now, answer = @answer
where plan = @plan and date = @date and kind = 'report' and about > 0 and about <> @about and state = 'waiting' and doubts = 0
