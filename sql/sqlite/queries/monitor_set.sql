-- The two counts of a reconciled service; a second run of the date replaces them.
insert or replace into tag_email_monitor (date, service_type, hive_count, hbase_count, plan, run_id, ok)
values (@date, @check, @left, @right, @plan, @run, @ok)
