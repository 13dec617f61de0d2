-- Takes away the other numbers of a check and date, before they are written again.
delete from measurement where plan = @plan and check_name = @check and date = @date
