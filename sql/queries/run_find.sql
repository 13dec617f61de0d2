-- What does this run judge?
select plan, date from run where id = @run
