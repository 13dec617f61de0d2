-- Every save of a stage of a date.
select id from run_stage where plan = @plan and date = @date
