-- People's decisions on days, in the order they were made.
select date, check_name, series_key, accepts, decided_by, why, decided_at, withdrawn_at, withdrawn_by from day_decision
where plan = @plan and date >= @from and date <= @to
order by id
