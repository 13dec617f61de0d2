-- Is the table kept by this engine?
select 1 from information_schema.tables where table_schema = database() and table_name = @table and lower(engine) = lower(@engine)
