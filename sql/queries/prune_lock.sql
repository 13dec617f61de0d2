-- Takes away what a run left that broke off.
delete from run_lock where plan = @plan and date = @date
