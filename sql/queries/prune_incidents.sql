-- Takes away the incidents of a saved stage.
delete from incident where run_stage_id = @stage
