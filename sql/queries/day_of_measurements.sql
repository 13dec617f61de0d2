-- The other numbers of a check on a date and the days before it, accepted or not; missed ones with the reason in place of a value.
select date, metric, series_key, value, accepted, share_of_total, share_of_active, missed_reason, is_absent from measurement
where plan = @plan and check_name = @check and date >= @since and date <= @date
order by date, metric, series_key
