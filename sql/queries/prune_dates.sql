-- The dates before one that anything is stored of.
select distinct date from run where plan = @plan and date < @before order by date
