-- Gives a plan and date to a run; the lock of a dead run is replaced.
replace into run_lock (plan, date, run_id, machine, process_mark, since, renewed)
values (@plan, @date, @run, @machine, @process_mark, @now, @now)
