-- The verdicts of a saved stage; all, or those of one key, series or check. As bytes: text would be the same with spaces behind it.
select id, check_name, metric, series_key, rule, verdict, finding, sentence, value, expected, low, high, used, blocking, phrase
from verdict
where run_stage_id = @stage
  and (@about is null or cast(@about as binary) in
    (cast(series_key as binary), cast(check_name as binary), cast(concat(check_name, ': ', if(length(series_key) = 0, metric, series_key)) as binary)))
order by id
