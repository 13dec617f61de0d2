-- One incident of a saved stage.
insert into incident
  (run_stage_id, check_name, verdict, finding, blocking, title, cause, advice, owner, size, `lead`, sentence, members, phrases)
values (@stage, @check, @verdict, @finding, @blocking, @title, @cause, @advice, @owner, @size, @lead, @sentence, @members, @phrases)
