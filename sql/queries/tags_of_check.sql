-- What was known of a check's tags up to a day, tag by tag, the oldest first.
select tagid, since, is_listed, family, owner, lineage, words, families from tag_entry
where plan = @plan and check_name = @check and since <= @to
order by tagid, since
