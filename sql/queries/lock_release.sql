-- Gives a run's date back; changes no row when another run took it over.
delete from run_lock where run_id = @run
