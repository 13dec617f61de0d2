-- The incidents of a saved stage.
select check_name, verdict, finding, blocking, title, cause, advice, owner, size, `lead`, sentence, members, phrases
from incident where run_stage_id = @stage order by id
