-- Has the table an index of this name?
select 1 from information_schema.statistics where table_schema = database() and table_name = @table and index_name = @key limit 1
