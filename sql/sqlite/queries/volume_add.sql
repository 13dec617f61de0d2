-- One tag's volume.
insert into tag_data_day (id, tagid, date, tag_count, tag_total_per, tag_dau_per, plan, check_name, dimension, accepted, run_id)
values (@id, @tagid, @date, @tag_count, @tag_total_per, @tag_dau_per, @plan, @check, @dimension, @accepted, @run)
