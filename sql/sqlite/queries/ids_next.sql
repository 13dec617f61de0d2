-- Which id of tag_data_day is free?
select id from next_id where table_name = 'tag_data_day'
