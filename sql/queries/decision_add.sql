-- Notes a person's word on a day.
insert into day_decision (plan, date, check_name, series_key, accepts, decided_by, why, decided_at)
values (@plan, @date, @check, @key, @accepts, @by, @why, @at)
