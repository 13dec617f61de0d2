-- The day of a check that volumes are written to.
insert into volume_day (plan, check_name, date, dimension, run_id) values (@plan, @check, @date, @dimension, @run)
on conflict (plan, check_name, date) do update set dimension = excluded.dimension, run_id = excluded.run_id
returning id
