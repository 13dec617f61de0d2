-- Takes away the counts of the reconciled services of a date.
delete from tag_email_monitor where plan = @plan and date = @date
