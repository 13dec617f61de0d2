-- Takes back every decision on a day of a series, or of a check, that still holds. As bytes: text would be the same with spaces behind it.
update day_decision set withdrawn_at = @at, withdrawn_by = @by
where plan = @plan and date = @date and check_name = @check and cast(series_key as binary) = cast(@key as binary) and withdrawn_at is null
