-- The verdicts of a saved stage; all, or those of one key, series or check.
select id, check_name, metric, series_key, rule, verdict, finding, sentence, value, expected, low, high, used, blocking, phrase
from verdict
where run_stage_id = @stage
  and (@about is null or series_key = @about or check_name = @about
    or check_name || ': ' || case series_key when '' then metric else series_key end = @about)
order by id
