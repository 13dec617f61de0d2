-- Has the table a unique index, of whatever name, on just these columns?
select 1 from information_schema.statistics where table_schema = database() and table_name = @table and non_unique = 0
group by index_name having group_concat(column_name order by seq_in_index separator ', ') = @columns
