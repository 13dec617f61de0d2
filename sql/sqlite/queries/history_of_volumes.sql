-- The accepted volumes of every tag of a check, day by day.
select date, tagid, tag_count from tag_data_day
where plan = @plan and check_name = @check and date >= @since and date < @before and accepted = 1
order by date, tagid
