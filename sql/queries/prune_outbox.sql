-- Takes away the messages about a date, delivered or not.
delete from outbox where plan = @plan and date = @date
