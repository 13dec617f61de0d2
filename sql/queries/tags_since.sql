-- The tags of which something new was known on a day.
select tagid from tag_entry where plan = @plan and check_name = @check and since = @since
