-- One tag's volume.
insert into volume (day_id, tagid, id, tag_count, tag_total_per, tag_dau_per, accepted)
values (@day, @tagid, @id, @tag_count, @tag_total_per, @tag_dau_per, @accepted)
