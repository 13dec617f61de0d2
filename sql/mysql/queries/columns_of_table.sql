-- The columns of a table; can one be left out of an insert?
select column_name, data_type, column_type, coalesce(character_maximum_length, 0), is_nullable = 'YES' or column_default is not null, extra
from information_schema.columns where table_schema = database() and table_name = @table
order by ordinal_position
