-- How many volumes has a saved stage left of a check?
select count(*) from tag_data_day
where plan = @plan and check_name = @check and business_date = @date and run_stage_id = @stage
