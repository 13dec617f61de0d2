-- Notes a person's decision to open a gate.
insert into override (plan, date, stage, opened_by, why, since, until) values (@plan, @date, @stage, @by, @why, @since, @until)
