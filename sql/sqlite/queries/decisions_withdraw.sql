-- Takes back every decision on a day of a series, or of a check, that still holds.
update day_decision set withdrawn_at = @at, withdrawn_by = @by
where plan = @plan and date = @date and check_name = @check and series_key = @key and withdrawn_at is null
