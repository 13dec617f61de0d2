-- Takes away the volumes of a check and date, before they are written again.
delete from tag_data_day where plan = @plan and check_name = @check and business_date = @date
