-- How many rows does a part of a table have? The names and the condition are filled in quoted, the partition's value is bound.
select count(*) from {table} where {condition}
