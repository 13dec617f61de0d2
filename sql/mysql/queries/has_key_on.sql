-- Has the table an index that begins with this column?
select 1 from information_schema.statistics where table_schema = database() and table_name = @table and column_name = @column and seq_in_index = 1 limit 1
