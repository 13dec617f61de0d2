-- The next date on which a check's table of tags was read, or could not be.
select min(date) from measurement where plan = @plan and check_name = @check and date > @date and metric = @metric
