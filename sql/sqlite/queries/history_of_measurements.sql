-- The accepted other numbers of a check, day by day.
select date, metric, series_key, value from measurement
where plan = @plan and check_name = @check and date >= @since and date < @before and accepted = 1 and value is not null
order by date, metric, series_key
