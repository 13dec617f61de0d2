-- What was found and why, as a name with its numbers (JSON): the texts beside it are its English. Empty where an older program saved it.
alter table verdict add column phrase text;
alter table incident add column phrases text;
alter table run_stage add column phrase text;
