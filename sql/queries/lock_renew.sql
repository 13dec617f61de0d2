-- A sign of life; changes no row when another run took the date over.
update run_lock set renewed = @now where run_id = @run
