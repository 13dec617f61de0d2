-- Takes away a saved stage.
delete from run_stage where id = @stage
