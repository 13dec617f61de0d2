-- What was a recipient told last about a date, or will be before this message?
select told from outbox
where plan = @plan and date = @date and kind = 'report' and recipient = @recipient and id < @id and told is not null
  and state in ('waiting', 'sending', 'delivered')
order by id desc limit 1
