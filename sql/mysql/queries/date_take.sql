-- Waits for others that write about this plan and date.
select 1 from date_lock where plan = @plan and date = @date for update
