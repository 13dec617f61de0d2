-- Makes the row that stands for a plan and date.
insert into date_lock (plan, date) values (@plan, @date) on duplicate key update plan = plan
