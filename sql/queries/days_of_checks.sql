-- The days of each check that numbers are stored of, and whether the check let all of its totals stand.
select check_name, date, min(accepted) from measurement
where plan = @plan and series_key = '' and value is not null
group by check_name, date order by check_name, date
