-- How many runs are stored, and which is the newest business date?
select (select count(*) from run), (select max(date) from run)
