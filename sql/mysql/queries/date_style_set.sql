-- Notes how dates are written into the users' own date column of a table.
insert into date_style (table_name, style) values (@table, @style) on duplicate key update style = values(style)
