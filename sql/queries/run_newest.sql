-- Which run of a plan and date began last?
select coalesce(max(id), 0) from run where plan = @plan and date = @date
