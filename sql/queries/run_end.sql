-- Notes how a run ended.
update run set finished = @finished, exit_code = @exit_code where id = @run
