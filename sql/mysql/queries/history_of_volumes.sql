-- The volumes of every tag of a check, day by day; accepted is what the check itself said of them.
select business_date, tagid, tag_count + 0e0, accepted from tag_data_day
where plan = @plan and check_name = @check and business_date >= @since and business_date < @before
order by business_date, tagid_key
