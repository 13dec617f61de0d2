-- Takes away the flags of a date: its gates are closed then.
delete from tag_stage_state where plan = @plan and business_date = @date
