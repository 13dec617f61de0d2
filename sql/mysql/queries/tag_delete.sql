-- Takes back what was known of a tag on a day.
delete from tag_entry where plan = @plan and check_name = @check and tagid_hash = unhex(sha2(@tagid, 256)) and since = @since
