-- Takes away the runs of a date.
delete from run where plan = @plan and date = @date
