-- Takes away the volumes of a check and date that an earlier save left and this one has not replaced.
delete from tag_data_day
where plan = @plan and check_name = @check and business_date = @date and run_stage_id <> @stage
