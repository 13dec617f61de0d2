-- What runs of a plan's hash judged by.
select judging from judging_plan where plan_hash = @plan_hash
