-- What is known of a tag from a day on.
insert into tag_entry (plan, check_name, tagid, tagid_hash, since, is_listed, family, owner, lineage, words, families)
values (@plan, @check, @tagid, unhex(sha2(@tagid, 256)), @since, @is_listed, @family, @owner, @lineage, @words, @families)
