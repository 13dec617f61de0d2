-- The volumes of every tag of a check on a date and the days before it, accepted or not.
select business_date, tagid, tag_count + 0e0, accepted, tag_total_per + 0e0, tag_dau_per + 0e0 from tag_data_day
where plan = @plan and check_name = @check and business_date >= @since and business_date <= @date
order by business_date, tagid_key
