-- The two counts of a reconciled service; a second run of the date replaces them.
insert into tag_email_monitor (date, service_type, hive_count, hbase_count, plan, check_name, business_date, run_id, ok)
values ((select date_format(@date, style) from date_style where table_name = 'tag_email_monitor'), @check, @left, @right, @plan, @check, @date, @run, @ok)
on duplicate key update
  hive_count = values(hive_count), hbase_count = values(hbase_count), plan = values(plan), check_name = values(check_name),
  business_date = values(business_date), run_id = values(run_id), ok = values(ok)
