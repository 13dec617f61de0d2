-- What is known of a tag from a day on.
insert into tag_entry (plan, check_name, tagid, since, is_listed, family, owner, lineage, words, families)
values (@plan, @check, @tagid, @since, @is_listed, @family, @owner, @lineage, @words, @families)
