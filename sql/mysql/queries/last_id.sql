-- The id that the last insert was given.
select last_insert_id()
