-- Is there any such row?
select exists (select 1 from {table} where {condition})
