-- Reserves a stretch of ids of tag_data_day.
update next_id set id = id + @count where table_name = 'tag_data_day'
