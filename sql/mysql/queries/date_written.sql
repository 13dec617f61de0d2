-- A date, as it is written into the users' own date column of a table.
select date_format(@date, style) from date_style where table_name = @table
