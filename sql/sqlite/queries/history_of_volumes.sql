-- The volumes of every tag of a check, day by day; accepted is what the check itself said of them.
select date, tagid, tag_count, accepted from tag_data_day
where plan = @plan and check_name = @check and date >= @since and date < @before
order by date, tagid
