-- Is there such a table in this database, and whose is it?
select 1, table_comment from information_schema.tables where table_schema = database() and table_name = @table
