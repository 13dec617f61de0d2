-- Takes away the gate of a stage that was never judged and is not opened by a person any more.
delete from tag_stage_state where plan = @plan and business_date = @date and stage_name = @stage and run_id is null and is_online = 0
