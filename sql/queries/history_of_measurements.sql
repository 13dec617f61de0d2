-- The other numbers of a check, day by day; accepted is what the check itself said of them.
select date, metric, series_key, value, accepted from measurement
where plan = @plan and check_name = @check and date >= @since and date < @before and value is not null
order by date, metric, series_key
