-- Notes that a run begins.
insert into run (plan, plan_hash, verb, date, attempt, host, process_id, user, started)
values (@plan, @plan_hash, @verb, @date, @attempt, @host, @process_id, @user, @started)
