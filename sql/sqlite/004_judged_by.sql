-- What a stage was judged by: each check with a hash of its definition and its number of verdicts. Empty where an older program saved it.
alter table run_stage add column judged_by text;
