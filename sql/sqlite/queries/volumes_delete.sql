-- Takes away the volumes of a check and date, before they are written again.
delete from volume where day_id = (select id from volume_day where plan = @plan and check_name = @check and date = @date)
