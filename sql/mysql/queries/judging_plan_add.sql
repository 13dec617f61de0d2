-- Keeps what runs of a plan's hash judge by, once.
insert into judging_plan (plan_hash, judging) values (@plan_hash, @judging) on duplicate key update judging = judging
