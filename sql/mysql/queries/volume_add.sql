-- One tag's volume. A row that a key of the users' own takes for the same is written over.
insert into tag_data_day (tagid, date, tag_count, tag_total_per, tag_dau_per, plan, check_name, business_date, tagid_key, dimension, accepted, run_stage_id)
values (@tagid, @written, @tag_count, @tag_total_per, @tag_dau_per, @plan, @check, @date, @tagid_key, @dimension, @accepted, @stage)
on duplicate key update
  tagid = values(tagid), date = values(date), tag_count = values(tag_count), tag_total_per = values(tag_total_per), tag_dau_per = values(tag_dau_per),
  plan = values(plan), check_name = values(check_name), business_date = values(business_date), tagid_key = values(tagid_key),
  dimension = values(dimension), accepted = values(accepted), run_stage_id = values(run_stage_id)
