-- Is there a message of a kind about a date?
select 1 from outbox where plan = @plan and date = @date and kind = @kind limit 1
