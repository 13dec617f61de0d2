-- Which attempt of this plan, date and verb is the next?
select coalesce(max(attempt), 0) + 1 from run where plan = @plan and date = @date and verb = @verb
