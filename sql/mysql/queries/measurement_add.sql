-- One number, or the reason why there is none.
insert into measurement
  (plan, check_name, date, metric, series_key, series_hash, value, share_of_total, share_of_active, missed_reason, is_absent, accepted, run_id)
values (@plan, @check, @date, @metric, @key, unhex(sha2(@key, 256)), @value, @share_of_total, @share_of_active, @missed_reason, @is_absent, @accepted, @run)
