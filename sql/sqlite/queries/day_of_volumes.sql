-- The volumes of every tag of a check on a date and the days before it, accepted or not.
select date, tagid, tag_count, accepted, tag_total_per, tag_dau_per from tag_data_day
where plan = @plan and check_name = @check and date >= @since and date <= @date
order by date, tagid
