-- Is there a table or view of this name?
select 1 from pragma_table_list where schema = @schema and name = @table collate nocase limit 1
