-- Was a recipient told something newer of a date, and is something older being sent now?
select coalesce(sum(id > @id and state = 'delivered'), 0), coalesce(sum(id < @id and state = 'sending'), 0)
from outbox where plan = @plan and date = @date and kind = 'report' and recipient = @recipient
