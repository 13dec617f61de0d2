-- The dates before one that anything is stored of.
select date from run where plan = @plan and date < @before
union select date from outbox where plan = @plan and date < @before
order by date
