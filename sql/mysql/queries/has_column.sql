-- Has the table such a column?
select 1 from information_schema.columns where table_schema = database() and table_name = @table and column_name = @column
