-- Takes away the plans that no run that is left judged by.
delete from judging_plan where not exists (select 1 from run where run.plan_hash = judging_plan.plan_hash)
